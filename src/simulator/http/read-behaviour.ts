import { REALISTIC_BEHAVIOUR, type Behaviour } from '../behaviour.ts';

/** Switches whose default does not tell all the types they may hold. */
const TYPES: Record<string, readonly string[] | undefined> = {
  rateLimit: ['object', 'null'],
  refuseEverythingUntil: ['number', 'null'],
  discoveryShuffle: ['boolean', 'string'],
};

/**
 * Reads switches sent as JSON.
 *
 * @throws TypeError for a switch there is not, or a value of the wrong type.
 */
export function readBehaviour(body: unknown): Partial<Behaviour> {
  if (typeof body !== 'object' || body === null) throw new TypeError('behaviour is an object');
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(REALISTIC_BEHAVIOUR, name)) throw new TypeError(`there is no switch ${name}`);
    const expected = TYPES[name] ?? [typeof REALISTIC_BEHAVIOUR[name as keyof Behaviour]];
    if (!expected.includes(value === null ? 'null' : typeof value)) {
      throw new TypeError(`${name} must be a ${expected.join(' or ')}`);
    }
  }
  return body;
}
