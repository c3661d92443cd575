import { failure, type Answer } from '../rest/answer.ts';

/** What a signature token may be for. There is nothing else to choose. */
export const AUTH_SCOPE = { authentication_for: 'batch-api', authorization_type: 'read-only' } as const;

/** ISO 8601 to the minute or finer, with its offset from UTC. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export interface MintRequest {
  name: string;
  /** Clock milliseconds. */
  expiresAt: number;
}

/**
 * Reads the body of a mint. Refused with 400 when there is no `signature_token` in it, and with 422 and an object of
 * complaints by field when one of its fields will not do.
 */
export function readMint(body: string, now: number): MintRequest | { refused: Answer } {
  const sent = object(object(parse(body))?.signature_token);
  if (sent === undefined) {
    return { refused: { status: 400, payload: { id: 'param_missing', message: 'signature_token is missing.' } } };
  }
  const complaints: Record<string, string[]> = {};
  const name = typeof sent.name === 'string' ? sent.name : '';
  if (name.length < 4) complaints.name = ['needs at least 4 characters'];
  if (name.length > 64) complaints.name = ['has room for 64 characters'];

  const expires = typeof sent.expires_at === 'string' && MOMENT.test(sent.expires_at) ? sent.expires_at : '';
  const expiresAt = Date.parse(expires);
  if (Number.isNaN(expiresAt)) complaints.expires_at = ['must be a moment in ISO 8601'];
  else if (expiresAt <= now) complaints.expires_at = ['must be in the future'];

  const scope = object(sent.auth_scope);
  for (const [field, only] of Object.entries(AUTH_SCOPE)) {
    if (scope?.[field] !== only) complaints[field] = [`must be ${only}`];
  }
  if (Object.keys(complaints).length > 0) return { refused: failure(422, complaints) };
  return { name, expiresAt };
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
