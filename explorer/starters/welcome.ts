import type { Starter } from './starter.ts';

export function welcome(headersHint: string | undefined): Starter {
  return {
    title: 'Welcome: the first collections',
    variables: {},
    query: `# Press the play button, or Ctrl-Enter.
# What the answer cost at Mode stands below it:
# click there for the whole bill.
#
# Hover over a field to read what it is.
# The other tabs hold questions that people ask.
${headersHint === undefined ? '' : `#\n# This gateway needs a key. Put it into Headers,\n# below: ${headersHint}\n`}query Welcome {
  workspace {
    name
    # A list has pages, of "first" rows each.
    collections(first: 5) {
      totalCount
      nodes {
        name
        webUrl
        # Newest first, unless you say "orderBy".
        reports(first: 3) {
          totalCount
          nodes {
            name
            createdAt
          }
        }
      }
    }
  }
  # What the gateway holds, and how old it is.
  catalog {
    state
    asOf
  }
}
`,
  };
}
