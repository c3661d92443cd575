/** A place where what the pages say can be typed: a clone, a folder with the package, and a simulated Mode. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../../clients/gateway-on-simulator.ts';
import { PROJECT } from '../../support/command.ts';
import { MODE_GRAPHQL } from '../../support/mode-graphql.ts';
import type { Env } from '../../support/gateway.ts';
import { INSTALLS } from './left-out.ts';

export interface Place {
  /** A gateway that runs already, where a page says that one does. */
  readonly gateway: GatewayOnSimulator;
  /** Where the package is installed, with the files that the pages name. */
  readonly installed: string;
  /** A clone, with the examples as nobody has run them. */
  readonly clone: string;
  /** What a gateway on the simulated Mode is started with, and where commands are found. */
  readonly env: Env;
  /** What executions have opened, to be closed with the place. */
  readonly opened: { close(): unknown }[];
  close(): Promise<void>;
}

/** Fits the variables that the pages give it, and does without. */
const REPORTS = `query Reports($first: Int = 20) {
  workspace { reports(first: $first) { totalCount nodes { token name } } }
}
`;

export async function openPlace(): Promise<Place> {
  const gateway = await startGatewayOnSimulator(
    { collections: 8, reports: 60, members: 10, dataSources: 3 },
    { MODE_DISCOVERY: 'mint', CATALOG_DIR: 'off' },
  );
  const folder = await mkdtemp(join(tmpdir(), 'as-the-pages-say-'));
  const [programs, installed, clone] = [join(folder, 'programs'), join(folder, 'installed'), join(folder, 'clone')];
  const credentials = {
    MODE_WORKSPACE: gateway.mode.workspace,
    MODE_API_TOKEN: gateway.mode.credentials.admin.token,
    MODE_API_SECRET: gateway.mode.credentials.admin.secret,
  };
  await writePrograms(programs);
  await install(installed, programs, credentials);
  await cloneInto(clone);
  const opened: Place['opened'] = [];
  return {
    gateway,
    opened,
    installed,
    clone,
    env: {
      ...credentials,
      MODE_BASE_URL: gateway.mode.url,
      MODE_RATE_LIMIT: '100000/1s',
      MODE_DISCOVERY: 'mint',
      CATALOG_DIR: 'off',
      PORT: '0',
      PATH: `${programs}:${process.env.PATH ?? ''}`,
      npm_config_update_notifier: 'false',
    },
    close: async () => {
      for (const each of opened) each.close();
      await gateway.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    },
  };
}

async function writePrograms(folder: string): Promise<void> {
  const npm = execFileSync('bash', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  const installs = INSTALLS.map(({ command }) => command.replace('npm ', ''));
  const programs: Record<string, string> = {
    'mode-graphql': `exec node '${MODE_GRAPHQL}' "$@"`,
    npm: `case "$*" in ${installs.join('|')}) exit 0 ;; esac\nexec '${npm}' "$@"`,
  };
  // Enough of it for a machine that has none: the pages take one field out of an object.
  if (spawnSync('jq', ['--version']).status !== 0) {
    programs.jq = `case "$1" in .*[!A-Za-z.]*) echo "this jq knows paths alone" >&2; exit 3 ;; esac
exec node -p 'JSON.stringify(process.argv[1].split(".").slice(1).reduce((at, name) => at[name], JSON.parse(fs.readFileSync(0, "utf8"))), null, 2)' "$1"`;
  }
  await mkdir(folder);
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  }
}

async function install(folder: string, programs: string, credentials: Env): Promise<void> {
  const bin = join(folder, 'node_modules/.bin');
  await mkdir(bin, { recursive: true });
  await symlink(join(programs, 'mode-graphql'), join(bin, 'mode-graphql'));
  const settings = Object.entries(credentials).map(([name, value]) => `${name}=${value}\n`);
  const files = {
    'package.json': '{"private":true}',
    '.env': settings.join(''),
    'reports.graphql': REPORTS,
    'page.graphql': REPORTS,
    'page.json': '{"first":40}',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** Links, but for what may be written into: nothing here writes into the project. */
async function cloneInto(folder: string): Promise<void> {
  await mkdir(folder);
  for (const name of ['bin', 'src', 'node_modules', 'package.json', 'schema.graphql', 'tsconfig.json']) {
    await symlink(join(PROJECT, name), join(folder, name));
  }
  const isMade = /\/(?:node_modules|generated|__generated__|dist)$/;
  await cp(join(PROJECT, 'examples'), join(folder, 'examples'), {
    recursive: true,
    filter: (path) => !isMade.test(path),
  });
}
