import * as z from 'zod';
import type { MemberRecord, Provenance } from '../records.ts';
import { memberIdentity } from '../identities.ts';
import { maybeFlag, maybeText, maybeToken } from './scalars.ts';

/** A row of `/memberships/lite`, the one list of people that member keys may read too. */
export const memberPayload = z.object({
  // Somebody who was invited and has not come has none yet.
  username: maybeText,
  member_token: maybeToken,
  name: maybeText,
  email: maybeText,
  state: maybeText,
  admin: maybeFlag,
});

/** Null for somebody who has no username: nothing in Mode can point to them. */
export function toMember(row: z.output<typeof memberPayload>, provenance: Provenance): MemberRecord | null {
  if (!row.username) return null;
  return {
    ...memberIdentity(row.username, provenance),
    token: row.member_token,
    name: row.name,
    email: row.email,
    state: row.state,
    admin: row.admin,
  };
}
