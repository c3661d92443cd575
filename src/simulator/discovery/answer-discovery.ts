import { failure, type Answer } from '../rest/answer.ts';
import { missing } from '../rest/resolve.ts';
import type { DiscoveryCall } from './discovery-call.ts';
import { findList } from './lists.ts';
import { deleteToken, mintToken } from './token-routes.ts';

/** What Discovery says to a call, rate limits and faults aside. */
export function answerDiscovery(call: DiscoveryCall): Answer {
  const [, , workspace, what = '', token, ...rest] = call.path.replace(/\/$/, '').split('/');
  const tokens = what === 'signature_tokens';
  const refused = tokens ? refuseKey(call) : refuseBearer(call);
  if (refused) return refused;
  if (workspace !== call.scene.world.workspace.username) return missing('workspace');
  if (rest.length > 0) return missing('path');
  if (tokens) {
    if (token === undefined) return call.method === 'POST' ? mintToken(call) : failure(405, 'Mint with POST.');
    return call.method === 'DELETE' ? deleteToken(call, token) : failure(405, 'Tokens can only be deleted.');
  }
  const list = findList(what);
  if (list === undefined || token !== undefined) return missing('path');
  if (call.method !== 'GET') return failure(405, 'Lists can only be read.');
  return call.scene.behaviour.discoveryPlan ? list(call) : noPlan();
}

/** Signature tokens are the business of an admin's API key. */
function refuseKey({ identity, method, scene }: DiscoveryCall): Answer | undefined {
  if (identity.caller === 'member' || identity.caller === 'colleague')
    return failure(403, 'Signature tokens are for admins.');
  if (identity.caller !== 'admin') return unauthorized();
  return method === 'POST' && !scene.behaviour.discoveryPlan ? noPlan() : undefined;
}

/** Lists are opened by a signature token and by no API key. */
function refuseBearer({ identity, scene }: DiscoveryCall): Answer | undefined {
  if (identity.bearer === 'live') return undefined;
  if (identity.bearer === 'dead' && scene.behaviour.deadToken === 404) return missing('signature token');
  return unauthorized();
}

function unauthorized(): Answer {
  return failure(401, 'The credentials are missing or not valid.');
}

function noPlan(): Answer {
  return failure(403, 'The plan of this workspace does not include Discovery.');
}
