/** Questions that a warm catalog answers, in the mix that a front end asks. */
export const WARM_QUESTIONS = [
  '{ workspace { name collections(first: 20) { totalCount nodes { name webUrl } } } }',
  '{ workspace { reports(first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { id name updatedAt } } } }',
  '{ workspace { reports(first: 10, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) { nodes { name lastViewedAt } } } }',
  '{ workspace { queries(first: 20, filter: { sqlContains: "orders" }) { totalCount nodes { name } } } }',
  '{ workspace { charts(first: 20) { totalCount nodes { title type } } } }',
  '{ workspace { collections(first: 5) { nodes { name reports(first: 5) { totalCount nodes { name } } } } } }',
  '{ catalog { state counts { reports } } rateLimit { remaining } }',
];

/** Undefined when it was answered whole; else what came instead. */
export async function troubleWith(endpoint: string, query: string): Promise<string | undefined> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const body = (await response.json()) as {
      readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
    };
    if (response.status !== 200) return `status ${response.status}`;
    return body.errors && `error ${body.errors[0]?.extensions?.code ?? 'without a code'}`;
  } catch {
    return 'no answer';
  }
}
