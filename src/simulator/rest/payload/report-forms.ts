import type { SimReport } from '../../world/rows.ts';
import { api, id, select, text, type Payload, type Scene } from './scene.ts';

const YES_NO = [true, false];
const THEMES = [
  ['Mode Dark', 1],
  ['Mode Grey', 2],
  ['Mode Light', 3],
  ['Mode Subway', 5],
];

/** What can be done to a report, with the current values as Mode repeats them: the layout once more among them. */
export function reportForms(scene: Scene, row: SimReport, layout: string | null): Payload {
  const self = api(scene, `/reports/${row.token}`);
  const owner = id(scene, scene.world.workspace.id);
  return {
    edit: {
      method: 'patch',
      action: self,
      input: {
        report: {
          name: text(row.name),
          description: text(row.description),
          account_id: text(owner),
          space_token: text(row.collectionToken),
          layout: text(layout),
          color_mappings: text({}),
          published: text(row.publishedAt !== null),
        },
      },
    },
    destroy: { method: 'delete', action: self },
    archive: { method: 'patch', action: `${self}/archive` },
    unarchive: { method: 'patch', action: `${self}/unarchive` },
    batch_edit_filters: {
      method: 'patch',
      action: `${self}/filters/update_batch`,
      input: { report: { 'filters[]': { token: text(), options: text() } } },
    },
    ...(row.lastRunToken === null
      ? {}
      : {
          clone: {
            method: 'post',
            action: `/${scene.world.workspace.username}/reports/${row.token}/runs/${row.lastRunToken}/clone`,
            input: { owner_id: text(owner) },
          },
        }),
    update_settings: {
      method: 'patch',
      action: `${self}/update_settings`,
      input: {
        report: {
          theme: select(THEMES, row.themeId),
          full_width: select(YES_NO, row.fullWidth),
          manual_run_disabled: select(YES_NO, row.manualRunDisabled),
        },
      },
    },
  };
}
