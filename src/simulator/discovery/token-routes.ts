import { ok, type Answer } from '../rest/answer.ts';
import { missing } from '../rest/resolve.ts';
import { stamp } from '../world/timeline.ts';
import type { DiscoveryCall } from './discovery-call.ts';
import { AUTH_SCOPE, readMint } from './read-mint.ts';

/** Makes a signature token. This is the only answer that tells its secret; asked again, it makes another one. */
export function mintToken({ scene, tokens, body, now }: DiscoveryCall): Answer {
  const read = readMint(body, now);
  if ('refused' in read) return read.refused;
  const made = tokens.mint(read.name, now, read.expiresAt);
  return ok({
    token: made.token,
    name: made.name,
    // Numbers in every one of Mode's papers, whatever the ids of rows are.
    creator_id: scene.world.admin.id,
    organization_id: scene.world.workspace.id,
    access_key: made.accessKey,
    access_secret: made.accessSecret,
    created_at: stamp(made.createdAt),
    updated_at: stamp(made.createdAt),
    expires_at: stamp(made.expiresAt),
    ...AUTH_SCOPE,
  });
}

export function deleteToken({ tokens, now }: DiscoveryCall, token: string): Answer {
  return tokens.delete(token, now) ? ok({ message: 'The signature token is deleted.' }) : missing('signature token');
}
