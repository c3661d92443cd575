/** The commands of the pages that run until somebody stops them. */
import { askAt, type Env } from '../../support/gateway.ts';
import type { ServingExecution } from './execution.ts';
import type { Place } from './place.ts';

const KEY = 'a-key-that-callers-send';
export const QUESTION = '{ workspace { username } }';

/** In the log of `serve`. */
export const LISTENING = /"url":"(http:[^"]+)\/graphql"/;
export const STOPPED = /"msg":"stopped"/;
const WELCOME = /GraphiQL +(http:\S+)\/graphql/;
const STOPPING = /^Stopping\.$/m;
const SIMULATED = /export MODE_BASE_URL=(http:\S+)/;

/** Through the gateway at `url`, what the simulated Mode knows. */
export async function answers(url: string, place: Place): Promise<void> {
  expect((await askAt(url, QUESTION)).data).toEqual({ workspace: { username: place.gateway.mode.workspace } });
}

async function answersAtPort(url: string, place: Place, port: number): Promise<void> {
  expect(new URL(url).port).toBe(String(port));
  await answers(url, place);
}

async function isMode(url: string): Promise<void> {
  expect(await (await fetch(`${url}/_simulator/ledger`)).json()).toMatchObject({ summary: { calls: 0 } });
}

/** No variable names the simulator's port, and the page's may be taken. */
const anyPort = (): Readonly<Record<string, string>> => ({
  'mode-graphql simulator': 'mode-graphql simulator --port 0',
});

const fromFile = (): Env => ({ MODE_WORKSPACE: '', MODE_API_TOKEN: '', MODE_API_SECRET: '' });

export const SERVING: readonly ServingExecution[] = [
  { command: 'npm ci && npm run demo', says: WELCOME, saysLast: STOPPING, ask: answers },
  { command: 'mode-graphql demo', says: WELCOME, saysLast: STOPPING, ask: answers },
  { command: 'mode-graphql demo --port 8080', says: WELCOME, saysLast: STOPPING, ask: answersAtPort },
  {
    command: [
      'export MODE_WORKSPACE=your-workspace',
      'export MODE_API_TOKEN=…',
      'export MODE_API_SECRET=…',
      'npm ci && npm start',
    ].join('\n'),
    says: LISTENING,
    saysLast: STOPPED,
    ask: answers,
  },
  { command: 'mode-graphql serve', says: LISTENING, saysLast: STOPPED, ask: answers },
  {
    command: 'mode-graphql serve --env-file .env --port 8080',
    env: fromFile,
    says: LISTENING,
    saysLast: STOPPED,
    ask: answersAtPort,
  },
  {
    command: 'mode-graphql serve --host 0.0.0.0',
    env: () => ({ GATEWAY_API_KEYS: KEY }),
    says: LISTENING,
    saysLast: STOPPED,
    ask: async (url, { gateway }) => {
      const at = `http://127.0.0.1:${new URL(url).port}`;
      expect((await askAt(at, QUESTION)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      const headers = { 'content-type': 'application/json', 'x-api-key': KEY };
      const { data } = await askAt(at, QUESTION, { headers });
      expect(data).toEqual({ workspace: { username: gateway.mode.workspace } });
    },
  },
  {
    command: 'mode-graphql warm && mode-graphql serve',
    env: ({ installed }) => ({ CATALOG_DIR: `${installed}/warmed` }),
    says: LISTENING,
    saysLast: STOPPED,
    ask: async (url, { gateway }) => {
      const { data, extensions } = await askAt(url, '{ workspace { reports(first: 3) { totalCount } } }');
      expect(data).toEqual({ workspace: { reports: { totalCount: gateway.mode.world.reports.length } } });
      expect(extensions?.upstream.calls).toEqual({ rest: 0, discovery: 0 });
    },
  },
  {
    command: 'mode-graphql simulator',
    instead: anyPort,
    says: SIMULATED,
    showsKeys: true,
    ask: isMode,
  },
  {
    command: 'mode-graphql simulator --seed 7 --port 5001',
    says: SIMULATED,
    showsKeys: true,
    ask: async (url, _, port) => {
      expect(new URL(url).port).toBe(String(port));
      await isMode(url);
    },
  },
];
