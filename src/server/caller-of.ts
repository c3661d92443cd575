import { EVERYBODY, type Caller } from '../throttle/lane.ts';

/** Who sent a request, as long as it lives. */
const callers = new WeakMap<Request, Caller>();

/** Whose turn a request's calls take, and whose name its log line bears; everybody's until somebody was recognised. */
export function callerOf(request: Request): Caller {
  return callers.get(request) ?? EVERYBODY;
}

export function recognise(request: Request, caller: Caller): void {
  callers.set(request, caller);
}
