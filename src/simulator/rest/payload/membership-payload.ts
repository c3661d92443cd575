import type { SimMember } from '../../world/rows.ts';
import { tokenFor } from '../../world/tokens.ts';
import { api, link, type Payload, type Scene } from './scene.ts';

/** One row of `/memberships`: who is in the workspace, without the person's address. */
export function membershipPayload(scene: Scene, row: SimMember): Payload {
  const self = api(scene, `/memberships/${tokenFor(row.token, 'membership')}`);
  return {
    admin: row.admin,
    invited: false,
    state: row.state,
    member_username: row.username,
    member_token: row.token,
    activated_at: row.activatedAt,
    managed_by_scim: false,
    _links: {
      self: link(self),
      organization: link(api(scene)),
      user: link(`/api/${row.username}`),
      groups: link(`${self}/groups`),
    },
  };
}

/** One row of `/memberships/lite`: every key may read it, and it joins usernames to addresses. */
export function liteMembershipPayload(row: SimMember): Payload {
  return {
    email: row.email,
    name: row.name,
    username: row.username,
    member_token: row.token,
    state: row.state,
    admin: row.admin,
  };
}
