/** What the READMEs of the examples say, in an order in which each finds what it needs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { askAt } from '../../support/gateway.ts';
import type { EndingExecution, ServingExecution } from './execution.ts';
import type { Place } from './place.ts';
import { answers, QUESTION } from './serving-commands.ts';

const SCRIPT = 'examples/node-script/README.md';

export const EXAMPLES_THAT_END: readonly EndingExecution[] = [
  {
    page: SCRIPT,
    command: 'npm install && npm run generate',
    check: (_, { clone }) => {
      expect(readFileSync(join(clone, 'examples/node-script/generated/graphql.ts'), 'utf8')).toContain(
        'ScheduledReportsQuery',
      );
    },
  },
  {
    page: SCRIPT,
    command: 'GATEWAY_URL=http://127.0.0.1:4000 npm start --silent > scheduled-reports.csv',
    check: ({ stdout, stderr }, { clone, gateway }) => {
      expect([stdout, stderr]).toEqual(['', '']);
      const rows = readFileSync(join(clone, 'examples/node-script/scheduled-reports.csv'), 'utf8');
      expect(rows).toMatch(/^report,collection,creator,/);
      const scheduled = gateway.mode.world.reports.filter(({ schedulesCount }) => schedulesCount > 0);
      expect(scheduled.filter(({ token }) => !rows.includes(token))).toEqual([]);
    },
  },
];

async function showsPage(url: string, { gateway }: Place): Promise<void> {
  expect(await (await fetch(url)).text()).toContain('<div id="root">');
  const { data } = await askAt(url, QUESTION);
  expect(data).toEqual({ workspace: { username: gateway.mode.workspace } });
}

/** What Vite says, in the colours of a terminal or without. */
const LOCAL = /Local: +(http:\/\/\S+?)\/\s/;

export const EXAMPLES_THAT_SERVE: readonly ServingExecution[] = [
  {
    page: 'examples/mount/README.md',
    command: 'MODE_WORKSPACE=… MODE_API_TOKEN=… MODE_API_SECRET=… npx tsx express.ts',
    env: async () => ({ PORT: String(await freePort()) }),
    says: /Ask at (http:\S+)\/graphql/,
    ask: answers,
  },
  ...['react-stale-reports', 'relay-snippet'].map((name) => ({
    page: `examples/${name}/README.md`,
    command: 'GATEWAY_URL=http://127.0.0.1:4000 npm run dev',
    says: LOCAL,
    ask: showsPage,
  })),
];
