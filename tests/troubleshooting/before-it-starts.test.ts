import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../support/command.ts';
import type { Env } from '../support/gateway.ts';
import { checkSection } from './check-section.ts';
import { startFails } from './said.ts';
import { MODE_GRAPHQL } from '../support/mode-graphql.ts';

const GOOD: Env = { MODE_WORKSPACE: 'acme', MODE_API_TOKEN: 'a-marked-token', MODE_API_SECRET: 'a-marked-secret' };

/** Takes this Node.js for an older one, before anything else is loaded. */
const AS_NODE_18 = join(PROJECT, 'tests', 'troubleshooting', 'as-node-18.cjs');

async function inFolder(use: (folder: string) => Promise<string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'troubles-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A clone in which nothing was installed or built. */
const inFreshClone = (script: string): Promise<string> =>
  inFolder(async (folder) => {
    await cp(join(PROJECT, 'bin'), join(folder, 'bin'), { recursive: true });
    await cp(join(PROJECT, 'package.json'), join(folder, 'package.json'));
    return startFails(GOOD, { cwd: folder, script: [join(folder, 'bin', script)] });
  });

async function together(envs: readonly Env[]): Promise<string> {
  return (await Promise.all(envs.map((env) => startFails({ ...GOOD, ...env })))).join('\n');
}

checkSection('Before it starts', {
  'started it with an old Node.js': () => startFails(GOOD, { script: ['--require', AS_NODE_18, MODE_GRAPHQL] }),

  'ran `npm start` in a fresh clone': () => inFreshClone('from-source.cjs'),

  'ran the command in a clone that was never built': () => inFreshClone('mode-graphql.cjs'),

  'ran `npm start` and set nothing': () => startFails({}),

  'filled in `.env`, then ran `npm start`': () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, '.env'), 'MODE_WORKSPACE=acme\n');
      return startFails({}, { cwd: folder });
    }),

  'misspelt a variable': () => startFails({ ...GOOD, MODE_API_TOKEN: '', MODE_API_KEY: 'a-marked-token' }),

  'set `MODE_WORKSPACE` to an address, or to the name that people see': async () => {
    const [address, name] = await Promise.all(
      ['https://app.mode.com/acme', 'Acme Retail'].map((each) => startFails({ ...GOOD, MODE_WORKSPACE: each })),
    );
    expect(address).toBe(name);
    return address ?? '';
  },

  'copied a key with its quotation marks': () => startFails({ ...GOOD, MODE_API_SECRET: '"a-marked-secret"' }),

  'copied a key with a blank or a line break': () =>
    together([{ MODE_API_SECRET: 'a-marked-secret\n' }, { MODE_API_SECRET: ' a-marked-secret' }]),

  'put token and password into one variable': () =>
    startFails({ ...GOOD, MODE_API_TOKEN: 'a-marked-token:a-marked-secret' }),

  'set `MODE_BASE_URL` to an address with a path': () =>
    startFails({ ...GOOD, MODE_BASE_URL: 'https://app.mode.com/api/acme' }),

  'set `MODE_BASE_URL` without `https://`': () => startFails({ ...GOOD, MODE_BASE_URL: 'app.mode.com' }),

  'set only some parts of a signature token': () =>
    startFails({ ...GOOD, MODE_DISCOVERY_TOKEN: 'a-token', MODE_DISCOVERY_ACCESS_KEY: 'a-marked-key' }),

  'started it on a port that is taken': async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    const said = await startFails({ ...GOOD, PORT: String(port), CATALOG_DIR: 'off' });
    holder.close();
    return said;
  },

  'set `HOST=0.0.0.0` and no keys': () => startFails({ ...GOOD, HOST: '0.0.0.0' }),
});
