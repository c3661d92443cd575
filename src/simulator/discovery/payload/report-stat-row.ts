import type { Payload, Scene } from '../../rest/payload/scene.ts';
import type { SimReport } from '../../world/rows.ts';
import { emails, reportOf } from './relations.ts';

/** How much a report is used, and by whom. There is one for every report, and it has no token of its own. */
export function reportStatRow(scene: Scene, row: SimReport): Payload {
  const queries = scene.world.queriesByReport.get(row.token) ?? [];
  return {
    ...reportOf(scene, row),
    active_schedules_count: row.schedulesCount,
    explorations_count: queries.reduce((sum, query) => sum + query.explorationsCount, 0),
    [scene.behaviour.discoveryViewCount]: row.viewCount,
    recent_manual_run_creators_emails: emails(scene, row.runnerUsernames),
    scheduled_run_creators_emails: emails(scene, row.schedulerUsernames),
    editors_emails: emails(scene, row.editorUsernames),
  };
}
