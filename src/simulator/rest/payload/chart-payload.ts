import type { SimChart } from '../../world/rows.ts';
import { chartVegas } from './chart-vegas.ts';
import { api, forms, link, select, template, text, type Payload, type Scene } from './scene.ts';

/** A chart. It has no numeric id, and its query and report are told in `_links` only. */
export function chartPayload(scene: Scene, row: SimChart): Payload {
  const report = api(scene, `/reports/${row.reportToken}`);
  const list = `${report}/queries/${row.queryToken}/charts`;
  const self = `${list}/${row.token}`;
  const web = `/${scene.world.workspace.username}/reports/${row.reportToken}`;
  const inputs = { view: text('{}'), view_vegas: text('{}'), view_version: select(['1', '2'], 1) };
  return {
    view: {},
    view_version: 2,
    view_vegas: chartVegas(scene, row),
    token: row.token,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    color_palette_token: row.paletteToken,
    switch_view_token: row.switchViewToken,
    ...(scene.world.deleted.get(row.token) === 'soft_deleted' ? { state: 'soft_deleted' } : {}),
    _links: {
      self: link(self),
      color_palette: link(api(scene, `/color_palettes/${row.paletteToken}`)),
      report_viz_web: link(`${web}/viz/${row.token}`),
      preview: template(`${report}/runs/{token}/charts/${row.token}/preview`),
      report_run_viz_web: template(`${web}/runs/{token}/viz/${row.token}`),
      creator: link(`/api/${row.creatorUsername}`),
    },
    ...forms(scene, () => ({
      create: {
        method: 'post',
        action: list,
        input: { chart: { ...inputs, token: text(''), color_palette_token: text() } },
      },
      edit: {
        method: 'patch',
        action: self,
        input: { chart: { ...inputs, color_palette_token: text(row.paletteToken) } },
      },
      destroy: { method: 'delete', action: self },
    })),
  };
}
