import { readConfig } from '../config/config.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import type { DemoOptions } from './commands/demo.ts';
import { startGateway, type StartedGateway } from './start-gateway.ts';
import { untilSmallLists } from './until-small-lists.ts';
import { untilStopped } from './until-stopped.ts';

const FAVOURITE_PORT = '4000';
/** They take two or three. */
const LONGEST_WAIT_MS = 5_000;

/** `demo`: the gateway on a simulated Mode, its rate limit on. Looks at no variable but `PORT` and `LOG_LEVEL`,
 * and at `PORT` only when `--port` is not given. */
export async function demo({ port }: DemoOptions): Promise<void> {
  const mode = await startSimulator();
  const asked = port === undefined ? process.env.PORT : String(port);
  const { gateway, isElsewhere } = await startOnFreePort(mode, asked).catch(async (error: unknown) => {
    // Left open, it would keep the process from ending.
    await mode.close();
    throw error;
  });
  const stopping = new AbortController();
  // Heard before anything is said: whoever reads the welcome may stop it at once.
  const stopped = untilStopped(async () => {
    stopping.abort();
    console.log('\nStopping.');
    await gateway.server.stop();
    await mode.close();
  });
  await untilSmallLists(gateway.catalog, LONGEST_WAIT_MS);
  if (!stopping.signal.aborted) console.log(welcome(gateway.server.url, mode, isElsewhere));
  await stopped;
}

interface Started {
  readonly gateway: StartedGateway;
  /** The port that people look at first was taken. */
  readonly isElsewhere: boolean;
}

async function startOnFreePort(mode: Simulator, asked: string | undefined): Promise<Started> {
  const start = (port: string): Promise<StartedGateway> =>
    startGateway(
      readConfig({
        MODE_BASE_URL: mode.url,
        MODE_WORKSPACE: mode.workspace,
        MODE_API_TOKEN: mode.credentials.admin.token,
        MODE_API_SECRET: mode.credentials.admin.secret,
        MODE_DISCOVERY_TOKEN: mode.discovery.token,
        MODE_DISCOVERY_ACCESS_KEY: mode.discovery.accessKey,
        MODE_DISCOVERY_ACCESS_SECRET: mode.discovery.accessSecret,
        CATALOG_DIR: 'off',
        SHUTDOWN_TIMEOUT: '2s',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
        PORT: port,
      }),
    );
  if (asked !== undefined && asked !== '') return { gateway: await start(asked), isElsewhere: false };
  try {
    return { gateway: await start(FAVOURITE_PORT), isElsewhere: false };
  } catch {
    return { gateway: await start('0'), isElsewhere: true };
  }
}

function welcome(url: string, mode: Simulator, isElsewhere: boolean): string {
  const report = mode.world.reports.find(
    (each) => !each.archived && (mode.world.queriesByReport.get(each.token)?.length ?? 0) > 1,
  );
  const { collections, reports, queries, charts } = mode.world;
  const count = (rows: readonly unknown[]): string => rows.length.toLocaleString('en');
  const elsewhere = isElsewhere ? `\nPort ${FAVOURITE_PORT} is taken: this one is ${new URL(url).port}.\n` : '';
  return `
Mode GraphQL is answering over a simulated Mode: ${count(collections)} collections, ${count(reports)} reports, ${count(queries)} queries, ${count(charts)} charts.
The simulator limits calls as Mode does, 40 in 10 seconds, so broad questions take their time.
${elsewhere}
  GraphiQL     ${url}/graphql
  Health       ${url}/health   ${url}/ready
  Call ledger  ${mode.url}/_simulator/ledger

Three questions to try:

  1. One report in full: its queries, their SQL and charts
     { report(token: "${report?.token ?? ''}") { name webUrl creator { name } queries { nodes { name sql dataSource { name } charts { nodes { title type } } } } } }

  2. The first collections and how many reports each holds
     { workspace { collections(first: 5) { totalCount nodes { name reports(first: 3) { totalCount nodes { name } } } } } }

  3. Who works here, and on which databases
     { workspace { name members(first: 10) { totalCount nodes { name email admin } } dataSources { nodes { name vendor } } } }

From another terminal:
  curl -s ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ workspace { name collections(first: 5) { totalCount nodes { name } } } }"}'

For your own workspace, set MODE_WORKSPACE, MODE_API_TOKEN and MODE_API_SECRET, then run: npm start

Ctrl-C stops both.`;
}
