import type { SimReport } from '../../world/rows.ts';
import { reportForms } from './report-forms.ts';
import { reportLayout } from './report-layout.ts';
import { reportLinks } from './report-links.ts';
import { previewImage } from './preview-image.ts';
import { api, forms, id, link, type Payload, type Scene } from './scene.ts';

/** A report or a dataset: the same representation in a list and on its own. */
export function reportPayload(scene: Scene, row: SimReport): Payload {
  const { world } = scene;
  const queries = world.liveQueries(row.token);
  const dataset = row.type === 'DatasetReport';
  const charts = queries.reduce((sum, query) => sum + world.liveCharts(query.token).length, 0);
  const layout = scene.behaviour.weight === 'full' ? reportLayout(scene, row) : null;
  return {
    token: row.token,
    id: id(scene, row.id),
    name: row.name,
    description: row.description,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    published_at: row.publishedAt,
    edited_at: row.editedAt,
    theme_id: id(scene, row.themeId),
    color_mappings: {},
    type: row.type,
    last_successful_sync_at: null,
    last_saved_at: row.lastSavedAt,
    archived: row.archived,
    space_token: row.collectionToken,
    account_id: id(scene, world.workspace.id),
    account_username: world.workspace.username,
    public: row.public,
    full_width: row.fullWidth,
    manual_run_disabled: row.manualRunDisabled,
    drill_anywhere_enabled: dataset ? null : false,
    run_privately: true,
    drilldowns_enabled: dataset ? null : true,
    layout,
    is_embedded: false,
    is_signed: false,
    imported_datasets: [],
    shared: false,
    expected_runtime: row.expectedRuntime,
    last_successfully_run_at: row.lastSuccessfullyRunAt,
    last_run_at: row.lastRunAt,
    web_preview_image: previewImage(scene, row),
    last_successful_run_token: row.lastSuccessfulRunToken,
    github_link: null,
    query_count: queries.length,
    max_query_count: 160,
    chart_count: row.chartCountMissing ? null : charts,
    runs_count: row.runsCount,
    schedules_count: row.schedulesCount,
    query_preview: queries[0]?.rawQuery.slice(0, 120) ?? null,
    view_count: row.viewCount,
    thoughtspot_published_at: null,
    ...(dataset ? datasetFields(scene, row) : {}),
    ...(world.deleted.get(row.token) === 'soft_deleted' ? { state: 'soft_deleted' } : {}),
    _links: reportLinks(scene, row),
    ...forms(scene, () => reportForms(scene, row, layout)),
  };
}

/** A report as one of the rows that use a dataset. */
export function reportStubPayload(scene: Scene, row: SimReport): Payload {
  return {
    name: row.name,
    creator: row.creatorUsername,
    _links: { self: link(api(scene, `/reports/${row.token}`)) },
  };
}

function datasetFields(scene: Scene, row: SimReport): Payload {
  return {
    collection_name: scene.world.collectionByToken.get(row.collectionToken)?.name ?? null,
    collection_token: row.collectionToken,
    is_sample: false,
    switch_view_token: null,
  };
}
