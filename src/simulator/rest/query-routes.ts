import { ok, type Answer } from './answer.ts';
import { wholeList } from './list-answer.ts';
import { chartPayload } from './payload/chart-payload.ts';
import { queryPayload } from './payload/query-payload.ts';
import { missing, refusal } from './resolve.ts';
import type { Handler, RestCall } from './rest-call.ts';

export const listQueries: Handler = (call) => {
  const { world } = call.scene;
  const token = call.tokens.report ?? '';
  if (!world.reportByToken.has(token)) return missing('report');
  const refused = refusal(call, token, 'report', 'parent');
  return refused ?? wholeList(call, 'queries', world.liveQueries(token), (row) => queryPayload(call.scene, row));
};

/** The last token decides: the report in the path may be anything, unless parents are checked. */
export const getQuery: Handler = (call) => {
  const token = call.tokens.query ?? '';
  const row = call.scene.world.queryByToken.get(token);
  if (row === undefined) return missing('query');
  return strayed(call, token, 'report') ?? refusal(call, token, 'query') ?? ok(queryPayload(call.scene, row));
};

export const listCharts: Handler = (call) => {
  const { world } = call.scene;
  const token = call.tokens.query ?? '';
  if (!world.queryByToken.has(token)) return missing('query');
  const refused = strayed(call, token, 'report') ?? refusal(call, token, 'query', 'parent');
  return refused ?? wholeList(call, 'charts', world.liveCharts(token), (row) => chartPayload(call.scene, row));
};

export const getChart: Handler = (call) => {
  const token = call.tokens.chart ?? '';
  const row = call.scene.world.chartByToken.get(token);
  if (row === undefined) return missing('chart');
  const lost = strayed(call, token, 'query') ?? strayed(call, row.queryToken, 'report');
  return lost ?? refusal(call, token, 'chart') ?? ok(chartPayload(call.scene, row));
};

/** A 404 for a row asked under a parent that is not its own, when this Mode looks. */
function strayed(call: RestCall, token: string, parent: 'report' | 'query'): Answer | undefined {
  if (!call.scene.behaviour.checkParents) return undefined;
  return call.scene.world.parentOf(token) === call.tokens[parent] ? undefined : missing(parent);
}
