import { findRun, runsOf } from '../world/runs-of.ts';
import { ok } from './answer.ts';
import { envelope } from './list-answer.ts';
import { counters, readPage } from './paging.ts';
import { reportPayload } from './payload/report-payload.ts';
import { runPayload } from './payload/run-payload.ts';
import { missing, refusal } from './resolve.ts';
import type { Handler } from './rest-call.ts';

export const getReport: Handler = (call) => {
  const token = call.tokens.report ?? '';
  const row = call.scene.world.reportByToken.get(token);
  if (row === undefined) return missing('report');
  return refusal(call, token, 'report') ?? ok(reportPayload(call.scene, row));
};

/** A dataset is a report that answers under both names; an ordinary report does not. */
export const getDataset: Handler = (call) => {
  const row = call.scene.world.reportByToken.get(call.tokens.report ?? '');
  return row?.type === 'DatasetReport' ? getReport(call) : missing('dataset');
};

export const listRuns: Handler = (call) => {
  const { world, behaviour } = call.scene;
  const token = call.tokens.report ?? '';
  const report = world.reportByToken.get(token);
  if (report === undefined) return missing('report');
  const refused = refusal(call, token, 'report', 'parent');
  if (refused) return refused;
  const page = readPage(call.query, behaviour.runsPageSize, behaviour.pageSize);
  const runs = runsOf(report, (page.page - 1) * page.perPage, page.perPage);
  return envelope(
    call,
    { report_runs: runs.map((run) => runPayload(call.scene, run)) },
    counters(report.runsCount, page),
  );
};

export const getRun: Handler = (call) => {
  const token = call.tokens.report ?? '';
  const report = call.scene.world.reportByToken.get(token);
  if (report === undefined) return missing('report');
  const refused = refusal(call, token, 'report', 'parent');
  if (refused) return refused;
  const run = findRun(report, call.tokens.run ?? '');
  return run === undefined ? missing('report run') : ok(runPayload(call.scene, run));
};
