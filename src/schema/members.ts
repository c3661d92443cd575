import type { GraphQLResolveInfo } from 'graphql';
import { memberIdentity } from '../mode/identities.ts';
import type { MemberRecord, Provenance } from '../mode/records.ts';
import type { GatewayContext } from './context.ts';
import { selectsOnly } from './selection.ts';

const KNOWN = new Set(['__typename', 'id', 'username']);

/**
 * The person behind a username. More than the username costs one call for everybody in the operation;
 * somebody who has left the workspace is still named.
 */
export async function resolveMember(
  username: string | null,
  provenance: Provenance,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<MemberRecord | null> {
  if (username === null) return null;
  if (selectsOnly(info, KNOWN)) return memberIdentity(username, provenance);
  const members = await context.operation.load.members();
  return members.find((member) => member.username === username) ?? memberIdentity(username, provenance);
}
