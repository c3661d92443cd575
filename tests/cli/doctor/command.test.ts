import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../../src/simulator/index.ts';
import { run } from '../../support/command.ts';
import { envWithDiscovery, startSmallMode, type Env } from '../../support/gateway.ts';

const SECRET = 'marked-secret-41c9';

describe('mode-graphql doctor', () => {
  let mode: Simulator;
  let folder: string;

  beforeAll(async () => {
    mode = await startSmallMode();
    folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  });

  afterAll(async () => {
    await mode.close();
    await rm(folder, { recursive: true, force: true });
  });

  const good = (): Env => ({ ...envWithDiscovery(mode), CATALOG_DIR: folder });

  it('ends with 0 when nothing is a problem, a line for each check', async () => {
    const { code, stdout, stderr } = await run(['doctor'], { env: good() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('no problems, no warnings. 2 calls to Mode.');
    expect(lines.slice(0, -2).map((line) => line.split(/\s+/)[0])).toEqual(Array.from({ length: 11 }, () => 'ok'));
  });

  it('ends with 1 when something is, says what to do, and shows no secret', async () => {
    const secrets = {
      MODE_API_SECRET: SECRET,
      MODE_DISCOVERY_ACCESS_SECRET: SECRET,
      REDIS_URL: `redis://:${SECRET}@127.0.0.1:1`,
      GATEWAY_API_KEYS: SECRET,
    };
    const { code, stdout, stderr } = await run(['doctor'], { env: { ...good(), ...secrets } });
    expect(code).toBe(1);
    for (const line of ['PROBLEM  API key', 'PROBLEM  Discovery', 'PROBLEM  Redis']) expect(stdout).toContain(line);
    expect(stdout.match(/^ +-> /gm)).toHaveLength(3);
    expect(stdout).toContain('3 problems, no warnings. 2 calls to Mode.');
    const encoded = Buffer.from(`${mode.credentials.admin.token}:${SECRET}`).toString('base64');
    for (const secret of [SECRET, encoded]) expect(stdout + stderr).not.toContain(secret);
  });

  it('says the same to programs', async () => {
    const { code, stdout } = await run(['doctor', '--json'], { env: { ...good(), MODE_API_SECRET: SECRET } });
    expect(code).toBe(1);
    const said = JSON.parse(stdout) as { readonly findings: readonly unknown[] };
    expect(said).toMatchObject({ healthy: false, calls: 2 });
    expect(said.findings).toContainEqual({
      check: 'API key',
      level: 'problem',
      message: 'Mode does not accept MODE_API_TOKEN with MODE_API_SECRET.',
      remedy: expect.any(String) as string,
    });
  });

  it('names what is missing when nothing is configured', async () => {
    const { code, stdout } = await run(['doctor'], { env: {} });
    expect(code).toBe(1);
    for (const name of ['MODE_WORKSPACE', 'MODE_API_TOKEN', 'MODE_API_SECRET']) {
      expect(stdout).toMatch(new RegExp(`^PROBLEM +configuration +${name} is missing: .+`, 'm'));
    }
  });

  it.each([[['doctor', '--fix']], [['doctor', 'please']]])('%j is wrong use: exit 2', async (args) => {
    const { code, stdout } = await run(args, { env: good() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
