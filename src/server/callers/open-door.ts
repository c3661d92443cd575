import type { Premises } from '../../loading/operation.ts';
import { EVERYBODY } from '../../throttle/lane.ts';
import type { Door } from './door.ts';

/** Anybody who can reach the gateway may ask: it listens on this machine alone. */
export function createOpenDoor(premises: Premises): Door {
  const admitted = { caller: EVERYBODY, premises };
  return { headersHint: undefined, admit: () => admitted };
}
