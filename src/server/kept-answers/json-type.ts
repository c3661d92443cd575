/** Both say the same; the first is what GraphQL over HTTP calls it, the last what Yoga answers those with who take any. */
const JSON_TYPES = ['application/graphql-response+json', 'application/json'] as const;

/**
 * Which of them Yoga answers with, by the request's `Accept`: the one that stands first. Undefined when neither is taken.
 * Yoga does not tell those who make a response of their own.
 */
export function jsonTypeFor(accept: string | null): (typeof JSON_TYPES)[number] | undefined {
  for (const range of (accept ?? '*/*').replace(/\s/g, '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';');
    const charset = parameters.find((parameter) => parameter.includes('charset='));
    if (charset !== undefined && charset !== 'charset=utf-8') continue;
    const found = JSON_TYPES.findLast((each) => matches(type, each));
    if (found) return found;
  }
  return undefined;
}

function matches(range: string, type: string): boolean {
  const [rangeMain, rangeSub] = range.split('/');
  const [main, sub] = type.split('/');
  return (rangeMain === '*' || rangeMain === main) && (rangeSub === '*' || rangeSub === sub);
}
