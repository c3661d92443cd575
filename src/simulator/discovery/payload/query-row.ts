import { id, type Payload, type Scene } from '../../rest/payload/scene.ts';
import type { SimQuery } from '../../world/rows.ts';
import { email, reportOf, spaceOf } from './relations.ts';

/** A query. It names its data source by token, where the REST service has the number, and tells no times. */
export function queryRow(scene: Scene, row: SimQuery): Payload {
  const report = scene.world.reportByToken.get(row.reportToken);
  return {
    id: id(scene, row.id),
    token: row.token,
    name: row.name,
    raw_query: row.rawQuery,
    creator_email: email(scene, row.creatorUsername),
    data_source_token: row.dataSourceToken,
    ...reportOf(scene, report),
    ...spaceOf(scene, report),
  };
}
