import type { GraphQLResolveInfo } from 'graphql';
import { andThen, type MaybePromise } from '../loading/maybe-promise.ts';
import { memberIdentity } from '../mode/identities.ts';
import type { MemberRecord, Provenance } from '../mode/records.ts';
import type { GatewayContext } from './context.ts';
import { wantedOf } from './facts-wanted.ts';
import { selectsOnly } from './selection.ts';

const KNOWN = new Set(['__typename', 'id', 'username']);

/**
 * The person behind a username or an e-mail address. More than a known username costs one call for everybody in the operation;
 * somebody who has left the workspace is still named.
 */
export function resolveMember(
  { creatorUsername: username, creatorEmail: email = null, provenance }: Made,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): MaybePromise<MemberRecord | null> {
  if (username !== null && selectsOnly(info, KNOWN)) return memberIdentity(username, provenance);
  if (username === null && email === null) return null;
  return andThen(context.operation.load.members(wantedOf(info)), (members) => {
    if (username !== null) return members.byUsername.get(username) ?? memberIdentity(username, provenance);
    // Known by an address that is no member's: without a username there is nothing to call them by.
    return members.byEmail.get((email ?? '').toLowerCase()) ?? null;
  });
}

/** Something that says who made it: REST by username, Discovery by e-mail address. */
interface Made {
  readonly creatorUsername: string | null;
  readonly creatorEmail?: string | null;
  readonly provenance: Provenance;
}
