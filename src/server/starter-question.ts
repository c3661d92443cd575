/** What the explorer shows to whoever opens it for the first time. Its lines fit the editor's column. */
export function starterQuestion(headersHint: string | undefined): string {
  return `# Press the play button, then open the docs.
# "extensions.upstream" says what the answer cost.
${headersHint === undefined ? '' : `# This gateway needs a key. Put it into Headers,\n# below: ${headersHint}\n`}query FirstReports {
  workspace {
    collections(first: 2) {
      totalCount
      nodes {
        name
        reports(first: 2) {
          totalCount
          nodes {
            name
            updatedAt
          }
        }
      }
    }
  }
}
`;
}
