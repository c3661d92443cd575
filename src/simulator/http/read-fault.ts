import { FAULT_KINDS, type Fault } from '../faults.ts';

/**
 * Reads a fault sent as JSON. `mutate` needs a function and cannot be sent.
 *
 * @throws TypeError when it has no `match`, an unknown `kind`, or a field of the wrong type.
 */
export function readFault(body: unknown): Fault {
  if (typeof body !== 'object' || body === null) throw new TypeError('a fault is an object');
  const sent = body as Record<string, unknown>;
  const { match } = sent;
  const kind = FAULT_KINDS.find((known) => known === sent.kind);
  if (typeof match !== 'string') throw new TypeError('a fault needs a `match`: a piece of the path');
  if (kind === undefined || kind === 'mutate') throw new TypeError(`unknown kind of fault: ${String(sent.kind)}`);
  const fault: Fault = { match, kind };
  for (const field of ['times', 'skip', 'delayMs'] as const) {
    const value = sent[field];
    if (value === undefined) continue;
    if (typeof value !== 'number') throw new TypeError(`${field} must be a number`);
    fault[field] = value;
  }
  for (const field of ['retryAfter', 'body'] as const) {
    const value = sent[field];
    if (value === undefined) continue;
    if (typeof value !== 'string') throw new TypeError(`${field} must be a string`);
    fault[field] = value;
  }
  return fault;
}
