import type { SimCollection } from '../../world/rows.ts';
import { tokenFor } from '../../world/tokens.ts';
import { api, forms, id, link, type Payload, type Scene } from './scene.ts';

/** A collection. The same one says `viewable?: false` in a list and `true` on its own. */
export function collectionPayload(scene: Scene, row: SimCollection, as: 'listed' | 'single'): Payload {
  const self = api(scene, `/collections/${row.token}`);
  return {
    token: row.token,
    id: id(scene, row.id),
    space_type: row.type,
    name: row.name,
    description: row.description,
    state: scene.world.deleted.get(row.token) === 'soft_deleted' ? 'soft_deleted' : 'active',
    restricted: false,
    free_default: row.freeDefault,
    'viewable?': as === 'single',
    'viewed?': row.type === 'private' ? null : true,
    default_access_level: row.defaultAccessLevel,
    schema_name: null,
    _links: {
      self: link(self),
      detail: link(`${self}/detail`),
      web: link(`/${scene.world.workspace.username}/spaces/${row.token}`),
      reports: link(`${self}/reports`),
      creator: link(`/api/${row.creatorUsername}`),
      user_space_membership: link(`${self}/memberships/${tokenFor(row.token, 'membership')}`),
      space_memberships: link(`${self}/memberships`),
      preview_space_memberships: link(`${self}/memberships/preview`),
      search_space_permissions: link(`${self}/permissions/search`),
      viewed: link(`${self}/viewed`),
    },
    ...forms(scene, () => ({
      destroy_entitlements: { method: 'delete', action: `${self}/permissions` },
      ...(row.type === 'custom' ? { destroy: { method: 'delete', action: self } } : {}),
    })),
  };
}
