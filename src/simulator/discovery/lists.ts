import type { Answer } from '../rest/answer.ts';
import type { DiscoveryCall } from './discovery-call.ts';
import { listPage } from './list-page.ts';
import { memberActivity } from './member-activity.ts';
import { chartRow } from './payload/chart-row.ts';
import { memberRow } from './payload/member-row.ts';
import { queryRow } from './payload/query-row.ts';
import { reportRow } from './payload/report-row.ts';
import { reportStatRow } from './payload/report-stat-row.ts';
import { spaceRow } from './payload/space-row.ts';
import { shownCharts, shownQueries, shownReports, shownSpaces } from './shown-rows.ts';

type List = (call: DiscoveryCall) => Answer;

/** The six lists, by the last word of their path. There is nothing to filter or sort them by. */
const LISTS = new Map<string, List>([
  ['spaces', (call) => listPage(call, 'spaces', shownSpaces(call), (row) => spaceRow(call.scene, row))],
  ['reports', (call) => listPage(call, 'reports', shownReports(call), (row) => reportRow(call.scene, row))],
  ['queries', (call) => listPage(call, 'queries', shownQueries(call), (row) => queryRow(call.scene, row))],
  ['charts', (call) => listPage(call, 'charts', shownCharts(call), (row) => chartRow(call.scene, row))],
  [
    'report_stats',
    (call) => listPage(call, 'report_stats', shownReports(call), (row) => reportStatRow(call.scene, row)),
  ],
  [
    'members',
    (call) => {
      const { world, behaviour } = call.scene;
      const activity = memberActivity(world);
      return listPage(call, behaviour.discoveryMembersKey, world.members, (row) =>
        memberRow(call.scene, row, activity.get(row.username)),
      );
    },
  ],
]);

export function findList(name: string): List | undefined {
  return LISTS.get(name);
}
