import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/cli/read-environment.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { Command, run } from '../support/command.ts';
import { askAt, envFor, startSmallMode, until } from '../support/gateway.ts';
import { startHeldMode } from '../support/held-mode.ts';

describe('what stands on the command line goes before the environment:', () => {
  let mode: Simulator;
  let folder: string;

  beforeAll(async () => {
    mode = await startSmallMode();
    folder = await mkdtemp(join(tmpdir(), 'options-'));
  });

  afterAll(async () => {
    await mode.close();
    await rm(folder, { recursive: true });
  });

  const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };
  const envFile = async (): Promise<string> => {
    const file = join(folder, '.env');
    const lines = Object.entries(envFor(mode)).map(([name, value]) => `${name}="${value}"`);
    await writeFile(file, lines.join('\n'));
    return file;
  };

  it('serve takes host and port from it, and all else from the file that it names', async () => {
    const port = await freePort();
    const args = ['serve', '--env-file', await envFile(), '--host', 'localhost', '--port', String(port)];
    const command = new Command(args, { env: { PORT: '1', HOST: '0.0.0.0', LOG_LEVEL: 'silent' } });
    const url = `http://localhost:${port}`;
    let answer;
    while (!answer) answer = await askAt(url, '{ workspace { username } }').catch(() => undefined);
    expect(answer.data).toEqual({ workspace: { username: mode.workspace } });
    command.signal('SIGTERM');
    expect([await command.exit, command.stdout]).toEqual([0, '']);
  });

  it('demo takes the port from it', async () => {
    const port = await freePort();
    const command = new Command(['demo', '--port', String(port)], { env: { PORT: '1' } });
    await command.says(new RegExp(`GraphiQL +http://127\\.0\\.0\\.1:${port}/graphql`));
    command.signal('SIGINT');
    expect([await command.exit, command.stderr]).toEqual([0, '']);
  });

  it('doctor looks at the variables of the file that it names', async () => {
    const file = await envFile();
    const [with_, without] = await Promise.all([run(['doctor', '--env-file', file]), run(['doctor'])]);
    expect([with_.code, without.code]).toEqual([0, 1]);
    expect(with_.stdout).toContain('ok       Mode');
  });

  it('simulator takes the address from it, else from SIMULATOR_HOST', async () => {
    const taken = ['simulator', '--port', '0', '--seed', '3'];
    for (const [args, env] of [
      [[...taken, '--host', 'localhost'], { SIMULATOR_HOST: '192.0.2.1' }],
      [taken, { SIMULATOR_HOST: 'localhost' }],
      [taken, { SIMULATOR_HOST: '' }],
    ] as const) {
      const command = new Command(args, { env });
      const [, url = ''] = await command.says(/export MODE_BASE_URL=(\S+)/);
      expect(new URL(url).hostname).toBe(env.SIMULATOR_HOST === '' ? '127.0.0.1' : 'localhost');
      expect((await fetch(`${url}/_simulator/ledger`)).status).toBe(200);
      command.signal('SIGTERM');
      expect(await command.exit).toBe(0);
    }
  });

  it('simulator on an address that is not this machine’s exits 1 with one line', async () => {
    const { code, stdout, stderr } = await run(['simulator', '--host', '192.0.2.1']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('Cannot listen on 192.0.2.1:4001 (--host, --port): this machine has no such address.\n');
  });

  it.each(['serve', 'warm', 'query', 'explain', 'doctor'])(
    '%s does not run when that file is not there',
    async (name) => {
      const file = join(folder, 'no-such.env');
      const question = ['query', 'explain'].includes(name) ? ['--text', '{ __typename }'] : [];
      const { code, stdout, stderr } = await run([name, ...question, '--env-file', file]);
      // Node sees the option before we do, wherever it stands; where it does not, it is wrong use.
      expect([2, 9]).toContain(code);
      expect(stdout).toBe('');
      expect(stderr).toMatch(new RegExp(`${file}.* not (found|there)`));
    },
  );

  it('a file that cannot be read is wrong use', async () => {
    const file = join(folder, 'no-such.env');
    await expect(readEnvironment({ envFile: file }, {})).rejects.toEqual(
      new UsageError(`--env-file: ${file} is not there.`),
    );
    await expect(readEnvironment({ envFile: folder }, {})).rejects.toBeInstanceOf(UsageError);
  });
});

describe('Ctrl-C', () => {
  it('ends a question at once with 130, prints nothing, and deletes the token that it minted', async () => {
    const held = await startHeldMode();
    held.hold('/batch/acme/reports');
    const { MODE_DISCOVERY: _, ...env } = envFor(held);
    const text = '{ workspace { reports { nodes { lastViewedAt } } } }';
    const command = new Command(['query', '--text', text], { env: { ...env, MODE_DISCOVERY: 'mint' } });
    await until(() => held.held === 1);
    command.signal('SIGINT');
    expect([await command.exit, command.stdout]).toEqual([130, '']);
    expect(held.signatureTokens.map(({ deletedAt }) => deletedAt !== undefined)).toEqual([true]);
    await held.close();
  });

  it('ends the doctor with 130, and deletes the token that it minted', async () => {
    const held = await startHeldMode();
    held.hold('/batch/acme/spaces');
    const command = new Command(['doctor'], { env: { ...envFor(held), MODE_DISCOVERY: 'mint' } });
    await until(() => held.held === 1);
    command.signal('SIGINT');
    expect([await command.exit, command.stdout, command.stderr]).toEqual([130, '', '']);
    expect(held.signatureTokens.map(({ deletedAt }) => deletedAt !== undefined)).toEqual([true]);
    await held.close();
  });

  it('ends a question to a running gateway at once with 130', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const connected = once(silent, 'connection');
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const command = new Command(['query', '--text', '{ __typename }', '--url', url]);
    await connected;
    command.signal('SIGINT');
    expect([await command.exit, command.stdout, command.stderr]).toEqual([130, '', '']);
    silent.close();
  });
});
