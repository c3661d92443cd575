import { api, id, type Payload, type Scene } from '../../rest/payload/scene.ts';
import type { SimCollection } from '../../world/rows.ts';

/** A collection, whose `space_url` is a path of the REST service and not a page to look at. */
export function spaceRow(scene: Scene, row: SimCollection): Payload {
  return {
    id: id(scene, row.id),
    token: row.token,
    name: row.name,
    description: row.description,
    space_type: row.type,
    default_access: row.defaultAccessLevel,
    space_url: api(scene, `/spaces/${row.token}`),
  };
}
