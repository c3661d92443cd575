import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../../src/simulator/index.ts';
import { run } from '../../support/command.ts';
import { envFor, envWithDiscovery, startSmallMode, type Answer, type Env } from '../../support/gateway.ts';
import { inOrder } from '../../support/world-order.ts';

const REPORTS = `query Reports($first: Int = 3) {
  workspace {
    name
    reports(first: $first, orderBy: { field: NAME, direction: ASC }) {
      totalCount
      nodes { token name }
    }
  }
}`;

describe('mode-graphql query, in its own process,', () => {
  let mode: Simulator;
  let folder: string;

  beforeAll(async () => {
    mode = await startSmallMode();
    folder = await mkdtemp(join(tmpdir(), 'query-'));
    await writeFile(join(folder, 'reports.graphql'), REPORTS);
  });

  beforeEach(() => {
    mode.ledger.clear();
    mode.faults.clear();
  });

  afterAll(async () => {
    await mode.close();
    await rm(folder, { recursive: true, force: true });
  });

  const file = (name: string): string => join(folder, name);
  const env = (): Env => ({ ...envWithDiscovery(mode), CATALOG_DIR: file('catalog') });
  const inList = () => inOrder(mode.world.reports, ({ name }) => name);
  const rows = (count: number) =>
    inList()
      .slice(0, count)
      .map(({ token, name }) => ({ token, name }));

  it('prints the whole answer as JSON, and the bill on standard error, which is true', async () => {
    const { code, stdout, stderr } = await run(['query', file('reports.graphql')], { env: env() });
    const { data, errors, extensions } = JSON.parse(stdout) as Answer;
    expect({ code, errors }).toEqual({ code: 0, errors: undefined });
    expect(data).toEqual({
      workspace: {
        name: mode.world.workspace.name,
        reports: { totalCount: mode.world.reports.length, nodes: rows(3) },
      },
    });
    const calls = mode.ledger.entries.length;
    expect(calls).toBeGreaterThan(0);
    expect(extensions?.upstream.calls).toEqual({
      rest: mode.ledger.calls({ api: 'REST' }).length,
      discovery: mode.ledger.calls({ api: 'DISCOVERY' }).length,
    });
    expect(stderr).toMatch(new RegExp(`^${calls} calls? to Mode.*, waited \\d+\\.\\d s, .*\\.\\n$`));
  });

  it('takes the catalog from CATALOG_DIR, where the question before it has left what it read', async () => {
    const ask = () => run(['query', file('reports.graphql')], { env: env() });
    await ask();
    mode.ledger.clear();
    const { code, stdout, stderr } = await ask();
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Answer).data).toMatchObject({ workspace: { reports: { nodes: rows(3) } } });
    expect(mode.ledger.entries).toEqual([]);
    expect(stderr).toMatch(/^0 calls to Mode, waited 0\.0 s, oldest list of the catalog read \d+ (s|min) ago\.\n$/);
  });

  it('reads nothing anew behind an answer, however old it is: that would be cut a moment later', async () => {
    await run(['query', file('reports.graphql')], { env: env() });
    mode.ledger.clear();
    // What REST alone knows makes it take longer than such a reading.
    const text = '{ workspace { reports(first: 10) { nodes { token archived } } } }';
    const old = { ...env(), CATALOG_MAX_AGE: '0s' };
    const { code, stdout } = await run(['query', '--all', '--output', 'ndjson', '--text', text], { env: old });
    expect([code, stdout.trimEnd().split('\n').length]).toEqual([0, mode.world.reports.length]);
    expect(mode.ledger.calls({ api: 'REST' }).length).toBeGreaterThan(0);
    expect(mode.ledger.calls({ api: 'DISCOVERY' })).toEqual([]);
  });

  it('reads the question from standard input or the command line, with variables and an operation', async () => {
    const two = `${REPORTS} query Name { workspace { username } }`;
    await writeFile(file('variables.json'), '{"first": 2}');
    const [piped, text, other] = await Promise.all([
      run(['query', '-', '--variables', '{"first": 1}', '-q'], { env: env(), stdin: REPORTS }),
      run(['query', '--text', REPORTS, '--variables', `@${file('variables.json')}`, '-q'], { env: env() }),
      run(['query', '-', '--operation', 'Name', '-q'], { env: env(), stdin: two }),
    ]);
    const data = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as Answer).data;
    expect(data(piped)).toMatchObject({ workspace: { reports: { nodes: rows(1) } } });
    expect(data(text)).toMatchObject({ workspace: { reports: { nodes: rows(2) } } });
    expect(data(other)).toEqual({ workspace: { username: mode.workspace } });
    expect([piped, text, other].map(({ code, stderr }) => [code, stderr])).toEqual([0, 0, 0].map((code) => [code, '']));
  });

  it('prints the rows of the first list, one a line, when asked for ndjson', async () => {
    const { code, stdout } = await run(['query', file('reports.graphql'), '--output', 'ndjson'], { env: env() });
    const lines = stdout.trimEnd().split('\n');
    expect([code, lines.map((line) => JSON.parse(line) as unknown)]).toEqual([0, rows(3)]);
  });

  it('asks as whoever holds the keys of Mode, whatever callers of the gateway must prove and may ask', async () => {
    const callers = {
      GATEWAY_AUTH: 'pass-through',
      HOST: '0.0.0.0',
      INTROSPECTION: 'off',
      PERSISTED_OPERATIONS: file('not-there.json'),
      PERSISTED_OPERATIONS_ONLY: 'on',
      GRAPHIQL: 'off',
    };
    const text = '{ __schema { queryType { name } } workspace { username } }';
    const { code, stdout } = await run(['query', '--text', text], { env: { ...env(), ...callers } });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Answer).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
      workspace: { username: mode.workspace },
    });
  });

  it('deletes the signature token that it minted', async () => {
    const minting = { ...env(), MODE_DISCOVERY: 'mint', CATALOG_DIR: file('other-catalog') };
    const { code } = await run(['query', file('reports.graphql')], { env: minting });
    expect(code).toBe(0);
    expect(mode.signatureTokens.map(({ deletedAt }) => deletedAt !== undefined)).toEqual([true]);
  });

  it('prints what there is of an answer, tells of its errors, and exits 3', async () => {
    const [report] = inList();
    mode.faults.inject({ match: `/reports/${report?.token ?? ''}`, kind: 'html200' });
    const text = `{ workspace { username } report(token: "${report?.token ?? ''}") { name archived } }`;
    const { code, stdout, stderr } = await run(['query', '--text', text], { env: envFor(mode) });
    expect(code).toBe(3);
    const { data, errors = [] } = JSON.parse(stdout) as Answer;
    expect(data).toEqual({ workspace: { username: mode.workspace }, report: null });
    expect(stderr).toContain(`error: ${errors[0]?.message ?? 'none'} (at report, UPSTREAM_INVALID_RESPONSE)\n`);
  });

  it('exits 3 when the question would cost too much, says so, and costs nothing', async () => {
    const small = { ...envFor(mode), MAX_UPSTREAM_CALLS: '1' };
    const text = '{ workspace { reports { nodes { name queries { nodes { sql } } } } } }';
    const { code, stdout, stderr } = await run(['query', '--text', text], { env: small });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_TOO_COSTLY' } }] });
    expect(stderr).toMatch(/^error: This is expected to take \d+ calls to Mode, and a question may take 1\./);
    expect(mode.ledger.entries).toEqual([]);
  });

  it('exits 1 with a line for each variable at fault, and says nothing on standard output', async () => {
    const { code, stdout, stderr } = await run(['query', file('reports.graphql')], { env: {} });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['MODE_WORKSPACE', 'MODE_API_TOKEN', 'MODE_API_SECRET']);
  });

  it('takes variables from a file before those of the environment, but not those that it leaves empty', async () => {
    const { MODE_API_SECRET: secret = '', ...others } = env();
    await writeFile(
      file('.env'),
      `# a comment\nMODE_API_SECRET="${secret}"\nMODE_WORKSPACE=\nMODE_API_TOKEN=${others.MODE_API_TOKEN ?? ''}\n`,
    );
    const args = ['query', file('reports.graphql'), '--env-file', file('.env')];
    const { code, stdout, stderr } = await run(args, { env: { ...others, MODE_API_TOKEN: 'another' } });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Answer).data).toMatchObject({ workspace: { name: mode.world.workspace.name } });
    expect(stdout + stderr).not.toContain(secret);
  });

  it('lets a reader leave early without a complaint', async () => {
    const all = `{ workspace { ${Array.from({ length: 29 }, (_, i) => `a${i}: reports(first: 100) { nodes { token name description } }`).join(' ')} } }`;
    await writeFile(file('large.graphql'), all);
    const line = `"${process.execPath}" --import tsx src/cli.ts query "${file('large.graphql')}" -q | head -c 10; exit "\${PIPESTATUS[0]}"`;
    const variables = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env() };
    const child = spawn('bash', ['-c', line], { env: variables, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString('utf8')));
    child.stdout.resume();
    const [code] = (await once(child, 'close')) as [unknown];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
