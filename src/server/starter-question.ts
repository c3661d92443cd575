/** What the explorer shows to whoever opens it for the first time. */
export const STARTER_QUESTION = `# The first reports of the first collections. Run it, then open the docs on the left.
# extensions.upstream below the answer says what it cost.
query FirstReports {
  workspace {
    collections(first: 3) {
      totalCount
      nodes {
        name
        reports(first: 5, filter: { archived: false }) {
          totalCount
          nodes {
            name
            webUrl
            updatedAt
          }
        }
      }
    }
  }
}
`;
