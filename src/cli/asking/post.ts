import { readAnswer, type Answer } from './answer.ts';
import type { Asked } from './answerer.ts';

/** A question as a POST request. */
export function postOf({ query, operationName, variables }: Asked, headers: Readonly<Record<string, string>> = {}) {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
    },
    body: JSON.stringify({ query, ...(operationName !== undefined && { operationName }), variables }),
  };
}

/**
 * The answer in a response.
 *
 * @param who whose response it is, as the complaint names them
 */
export async function answerIn(response: Response, who: string): Promise<Answer> {
  const answer = readAnswer(parseJson(await response.text()));
  if (answer) return answer;
  const type = response.headers.get('content-type')?.split(';', 1)[0] ?? 'no content type';
  throw new Error(`${who} answers with ${type} (HTTP ${response.status}), not with GraphQL.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
