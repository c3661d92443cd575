import type { SimReport } from '../../world/rows.ts';
import { tokenFor } from '../../world/tokens.ts';
import { api, link, template, type Link, type Scene } from './scene.ts';

/** Where a report leads. Its author and its last run are told here and nowhere else. */
export function reportLinks(scene: Scene, row: SimReport): Record<string, Link> {
  const workspace = scene.world.workspace.username;
  const self = api(scene, `/reports/${row.token}`);
  const web = `/${workspace}/reports/${row.token}`;
  const links: Record<string, Link> = {
    self: link(self),
    web: link(`https://app.mode.com${web}`),
    web_edit: link(`/editor${web}`),
    web_external_url: link(`https://app.mode.com${web}`),
    csv_export: link(`${self}/results/content.csv`),
    share: link(web),
    web_report_runs: link(`${web}/runs`),
    account: link(api(scene)),
    report_run: template(`${self}/runs/{id}?embed[result]=1`),
    star: link(`${self}/star`),
    space: link(api(scene, `/collections/${row.collectionToken}`)),
    space_links: link(`${self}/space_links`),
    queries: link(`${self}/queries`),
    report_runs: link(`${self}/runs`),
    report_pins: link(`${self}/pins`),
    report_filters: link(`${self}/filters`),
    report_schedules: link(`${self}/schedules`),
    report_subscriptions: link(`${self}/subscriptions`),
    python_visualizations: link(`${self}/layout_cells`),
    embed_key: link(`${self}/embed_key`),
    perspective_email_subscription_memberships: link(`${self}/perspective_email_report_subscription_memberships`),
    validate_email_subscriber: template(`${self}/email_report_subscribers/validate{?subscriber[email]}`),
    creator: link(`/api/${row.creatorUsername}`),
    report_theme: link(`/api/modeanalytics/report_themes/${tokenFor('theme', row.themeId)}`),
    report_index_web: link(`/${workspace}/spaces/${row.collectionToken}/reports/${row.token}`),
    dbt_metadata: link(`${self}/dbt_metadata`),
  };
  if (row.type === 'DatasetReport') {
    links.dataset_dependencies = link(api(scene, `/datasets/${row.token}/reports`));
    links.web = link(`https://app.mode.com/${workspace}/datasets/${row.token}`);
  }
  if (row.lastRunToken !== null) links.last_run = link(`${self}/runs/${row.lastRunToken}`);
  if (row.lastSuccessfulRunToken !== null) {
    links.last_successful_run = link(`${self}/runs/${row.lastSuccessfulRunToken}`);
  }
  return links;
}
