import type { SimQuery } from '../../world/rows.ts';
import { api, forms, id, link, text, type Payload, type Scene } from './scene.ts';

/** A query. Its report is told in `_links` only, and its data source by number. A dataset's has no charts to link. */
export function queryPayload(scene: Scene, row: SimQuery): Payload {
  const { world } = scene;
  const report = api(scene, `/reports/${row.reportToken}`);
  const self = `${report}/queries/${row.token}`;
  const dataset = world.reportByToken.get(row.reportToken)?.type === 'DatasetReport';
  const source = world.dataSourceByToken.get(row.dataSourceToken);
  const sourceId = source === undefined ? null : id(scene, source.id);
  return {
    id: id(scene, row.id),
    token: row.token,
    raw_query: row.rawQuery,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    name: row.name,
    last_run_id: row.lastRunId === null ? null : id(scene, row.lastRunId),
    data_source_id: sourceId,
    explorations_count: row.explorationsCount,
    report_imports_count: row.reportImportsCount,
    dbt_metric_id: null,
    dbt_metric_token: null,
    mapping_id: null,
    ...(world.deleted.get(row.token) === 'soft_deleted' ? { state: 'soft_deleted' } : {}),
    _links: {
      self: link(self),
      report: link(report),
      report_runs: link(`${report}/runs`),
      ...(dataset
        ? {}
        : {
            charts: link(`${self}/charts`),
            new_chart: link(`${self}/charts/new`),
            new_query_table: link(`${self}/tables/new`),
            query_tables: link(`${self}/tables`),
          }),
      query_runs: link(`${self}/runs`),
      creator: link(`/api/${row.creatorUsername}`),
    },
    ...forms(scene, () => ({
      edit: {
        method: 'patch',
        action: self,
        content_type: 'application/json',
        input: { query: { raw_query: text(row.rawQuery), name: text(row.name), data_source_id: text(sourceId) } },
      },
      destroy: { method: 'delete', action: self },
    })),
  };
}
