import { memberPayload, toMember } from '../payloads/member.ts';
import type { MemberRecord } from '../records.ts';
import type { CallContext } from '../call-context.ts';
import { readPage, type RestScope } from './endpoint.ts';

/** `GET /memberships/lite`: everybody in one answer. `/memberships` itself is 404 to member keys. */
export async function listMembers(scope: RestScope, context: CallContext): Promise<MemberRecord[]> {
  const page = await readPage(
    scope,
    { endpoint: '/memberships/lite', path: '/memberships/lite', key: 'memberships' },
    memberPayload,
    toMember,
    context,
  );
  return (page?.rows ?? []).filter((row) => row !== null);
}
