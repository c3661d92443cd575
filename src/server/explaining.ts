/** Has a question explained instead of asked: what it would cost, and no call made for it. */
const HEADER = 'x-gateway-explain';

/** Whether the caller wants to know what the question would cost, with `X-Gateway-Explain: true`; `1` will do. */
export function asksToExplain({ headers }: Pick<Request, 'headers'>): boolean {
  return /^(true|1)$/i.test(headers.get(HEADER)?.trim() ?? '');
}
