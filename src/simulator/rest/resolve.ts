import { failure, type Answer } from './answer.ts';
import type { RestCall } from './rest-call.ts';

/**
 * Why `token` cannot be shown to the caller, or `undefined` when it can. A soft-deleted row can still be shown itself,
 * but what it holds cannot.
 */
export function refusal(
  call: RestCall,
  token: string,
  what: string,
  as: 'itself' | 'parent' = 'itself',
): Answer | undefined {
  const { world, behaviour } = call.scene;
  if (world.row(token) === undefined) return missing(what);
  if (!world.mayView(call.who, token)) {
    return behaviour.hiddenStatus === 404 ? missing(what) : failure(403, `You may not see this ${what}.`);
  }
  const deleted = world.deleted.get(token);
  if (deleted === 'forbidden') return failure(403, `You no longer have access to this ${what}.`);
  if (deleted === 'gone' || (deleted === 'soft_deleted' && as === 'parent') || world.isOrphan(token)) {
    return missing(what);
  }
  return undefined;
}

export function missing(what: string): Answer {
  return failure(404, `There is no such ${what}.`);
}
