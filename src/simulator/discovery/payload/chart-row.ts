import { encodeEntities } from '../../rest/payload/encode-entities.ts';
import { api, id, type Payload, type Scene } from '../../rest/payload/scene.ts';
import type { SimChart } from '../../world/rows.ts';
import { tokenFor } from '../../world/tokens.ts';
import { email, reportOf, spaceOf } from './relations.ts';

/** A chart. It names the author of its report, not its own. */
export function chartRow(scene: Scene, row: SimChart): Payload {
  const { world, behaviour } = scene;
  const report = world.reportByToken.get(row.reportToken);
  const query = world.queryByToken.get(row.queryToken);
  return {
    id: id(scene, row.id),
    token: row.token,
    chart_type: row.type,
    chart_title: behaviour.discoveryChartTitles === 'encoded' ? encodeEntities(row.title) : row.title,
    query_id: query ? id(scene, query.id) : null,
    query_token: row.queryToken,
    ...reportOf(scene, report),
    ...spaceOf(scene, report),
    report_creator_email: report ? email(scene, report.creatorUsername) : null,
    exploration_url: query?.explorationsCount
      ? api(scene, `/explorations/${tokenFor(row.token, 'exploration')}`)
      : null,
  };
}
