import { EditableWorld } from './editable-world.ts';
import { makeCharts } from './make-charts.ts';
import { makeCollections } from './make-collections.ts';
import { makeDataSources } from './make-data-sources.ts';
import { makeMembers } from './make-members.ts';
import { makeQueries } from './make-queries.ts';
import { makeReports } from './make-reports.ts';
import { Random } from './random.ts';
import { FIRST_DAY, stamp } from './timeline.ts';
import { TokenMint } from './tokens.ts';
import type { WorldSize } from './world-size.ts';

/** Makes a company's whole workspace from a seed. Depends on nothing else: the same call makes the same world. */
export function buildWorld(seed: number, workspace: string, size: WorldSize): EditableWorld {
  const mint = new TokenMint(new Random(seed, 'tokens'));
  const account = {
    username: workspace,
    name: `${workspace.charAt(0).toUpperCase()}${workspace.slice(1)} Retail`,
    token: mint.next(),
    id: 751_252,
    createdAt: stamp(FIRST_DAY),
  };
  const members = makeMembers(seed, mint, workspace, size.members);
  const collections = makeCollections(seed, mint, members, size.collections);
  const dataSources = makeDataSources(seed, mint, workspace, members, size.dataSources);
  const reports = makeReports(seed, mint, members, collections, size.reports);
  const queries = makeQueries(seed, mint, reports, dataSources, size.queries);
  const reportByToken = new Map(reports.map((report) => [report.token, report]));
  const charts = makeCharts(seed, mint, reportByToken, queries, size.charts);
  return new EditableWorld({ workspace: account, members, collections, dataSources, reports, queries, charts });
}
