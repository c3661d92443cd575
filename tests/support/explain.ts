import type { Gateway } from '../../src/gateway.ts';
import type { Explanation } from '../../src/schema/cost/explain.ts';
import { post, type Answer } from './gateway.ts';
import { lookForSecrets } from './secret-watch.ts';
import type { Tree } from './tree.ts';

export interface ExplainedAnswer extends Answer {
  readonly extensions?: NonNullable<Answer['extensions']> & { readonly explain?: Explanation };
}

export type SentHeaders = Readonly<Record<string, string>>;

/** What an ordinary question and an explained one are sent with. */
export const EXPLAIN: SentHeaders = { 'x-gateway-explain': 'true' };

/** Asks with headers of one’s own. */
export async function askWith(
  gateway: Gateway,
  headers: SentHeaders,
  query: string,
  variables: Record<string, Tree> = {},
): Promise<ExplainedAnswer> {
  const request = post(query, variables);
  const all = { ...Object.fromEntries(new Headers(request.headers)), ...headers };
  const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers: all });
  const text = await response.text();
  lookForSecrets('an answer', text);
  return JSON.parse(text) as ExplainedAnswer;
}

/** What the gateway says that a question would cost. @throws when it says something else */
export async function explanationOf(
  gateway: Gateway,
  query: string,
  headers: SentHeaders = {},
  variables: Record<string, Tree> = {},
): Promise<Explanation> {
  const answer = await askWith(gateway, { ...headers, ...EXPLAIN }, query, variables);
  const explanation = answer.extensions?.explain;
  if (!explanation || answer.data !== null) throw new Error(`not explained: ${JSON.stringify(answer)}`);
  return explanation;
}
