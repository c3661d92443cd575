import type { Premises } from '../../loading/operation.ts';
import { EVERYBODY, type Caller } from '../../throttle/lane.ts';
import type { Admitted } from './door.ts';

/** Who sent a request, as long as it lives. */
const known = new WeakMap<Request, Admitted>();

export function recognise(request: Request, admitted: Admitted): void {
  known.set(request, admitted);
}

/** Whose turn a request's calls take, and whose name its log line bears; everybody's until somebody was recognised. */
export function callerOf(request: Request): Caller {
  return known.get(request)?.caller ?? EVERYBODY;
}

/** @throws when nobody was admitted: no question may then be answered */
export function premisesOf(request: Request): Premises {
  const admitted = known.get(request);
  if (!admitted) throw new Error('a question of somebody who was not admitted');
  return admitted.premises;
}
