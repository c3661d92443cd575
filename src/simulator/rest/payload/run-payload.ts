import type { SimRun } from '../../world/rows.ts';
import { api, link, template, type Payload, type Scene } from './scene.ts';

export function runPayload(scene: Scene, row: SimRun): Payload {
  const report = scene.world.reportByToken.get(row.reportToken);
  const reportPath = api(scene, `/reports/${row.reportToken}`);
  const self = `${reportPath}/runs/${row.token}`;
  return {
    token: row.token,
    state: row.state,
    parameters: {},
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    completed_at: row.completedAt,
    purge_started_at: null,
    purge_completed_at: null,
    python_state: 'none',
    form_fields: [],
    is_latest_report_run: report?.lastRunToken === row.token,
    is_latest_successful_report_run: report?.lastSuccessfulRunToken === row.token,
    report_has_failures_since_last_success: (report?.runsSinceSuccess ?? 0) > 0,
    _links: {
      self: link(self),
      content: link(`${self}/results/content.csv`),
      preview: link(`${self}/preview`),
      account: link(api(scene)),
      report: link(reportPath),
      executed_by: link(`/api/${row.runByUsername}`),
      ...(row.scheduleToken === null ? {} : { report_schedule: link(`${reportPath}/schedules/${row.scheduleToken}`) }),
      share: link(`/${scene.world.workspace.username}/reports/${row.reportToken}/runs/${row.token}`),
      clone: link(`${self}/clone`),
      query_runs: link(`${self}/query_runs`),
      pdf_export: template(`${reportPath}/exports/runs/${row.token}/pdf{?orientation}`),
    },
  };
}
