import { isCredentialName } from '../credentials.ts';
import { failure, type Answer } from './answer.ts';
import { missing } from './resolve.ts';
import type { RawCall } from './rest-call.ts';
import { findRoute } from './routes.ts';

/** Whether a call needs no credential: Mode tells anybody about a workspace. */
export function isPublic({ scene, method, path }: RawCall): boolean {
  return method === 'GET' && scene.behaviour.anonymousWorkspace && path === `/api/${scene.world.workspace.username}`;
}

/** What Mode's REST service says to a call, rate limits and faults aside. */
export function answerRest(call: RawCall): Answer {
  const { scene, caller, method, path, query } = call;
  const known = isCredentialName(caller);
  if (!known && !isPublic(call)) return failure(401, 'The credentials are missing or not valid.');
  const route = findRoute(path);
  if (route === undefined) return missing('path');
  if (method !== 'GET') return failure(405, 'This simulated Mode can only be read.');
  const workspace = route.tokens.ws;
  if (workspace !== undefined && workspace !== scene.world.workspace.username) return missing('account');
  // An anonymous call gets here for the workspace record only, which is the same for everybody.
  return route.handler({ scene, who: known ? caller : 'member', tokens: route.tokens, query, path });
}
