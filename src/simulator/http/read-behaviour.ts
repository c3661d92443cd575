import { REALISTIC_BEHAVIOUR, type Behaviour } from '../behaviour.ts';

/** Switches whose default is null, or that may be null: what else they may hold. */
const NULLABLE: Record<string, 'object' | 'number'> = { rateLimit: 'object', refuseEverythingUntil: 'number' };

/**
 * Reads switches sent as JSON.
 *
 * @throws TypeError for a switch there is not, or a value of the wrong type.
 */
export function readBehaviour(body: unknown): Partial<Behaviour> {
  if (typeof body !== 'object' || body === null) throw new TypeError('behaviour is an object');
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(REALISTIC_BEHAVIOUR, name)) throw new TypeError(`there is no switch ${name}`);
    const expected = NULLABLE[name] ?? typeof REALISTIC_BEHAVIOUR[name as keyof Behaviour];
    if (value === null && name in NULLABLE) continue;
    if (typeof value !== expected || value === null) throw new TypeError(`${name} must be a ${expected}`);
  }
  return body;
}
