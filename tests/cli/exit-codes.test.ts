import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../support/command.ts';

const GOOD = { MODE_WORKSPACE: 'acme', MODE_API_TOKEN: 'a-token', MODE_API_SECRET: 'a-marked-secret' };

describe('mode-graphql', () => {
  it('serve without a variable it needs exits 1 with one line that names it and the remedy', async () => {
    const { code, stdout, stderr } = await run(['serve'], { env: { ...GOOD, MODE_API_SECRET: '' } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^MODE_API_SECRET is missing: .+\n$/);
  });

  it('names every variable at fault, one line each, and shows no value', async () => {
    const env = { ...GOOD, PORT: 'ninety', MODE_RATE_LIMIT: 'marked', MODE_BASE_URL: 'marked', LOG_LEVEL: 'loud' };
    const { code, stderr } = await run(['serve'], { env });
    expect(code).toBe(1);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'MODE_BASE_URL',
      'MODE_RATE_LIMIT',
      'PORT',
    ]);
    expect(stderr).not.toContain('marked');
  });

  it('serve on an address beyond loopback without keys exits 1 and says why', async () => {
    const { code, stderr } = await run(['serve'], { env: { ...GOOD, HOST: '0.0.0.0' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^GATEWAY_API_KEYS is missing: HOST is not a loopback address.+\n$/);
  });

  it('serve with persisted operations that do not fit the schema exits 1 with one line for each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
    const PERSISTED_OPERATIONS = join(folder, 'operations.json');
    await writeFile(PERSISTED_OPERATIONS, JSON.stringify({ a1: 'query Old { workspace { nmae } }' }));
    const { code, stdout, stderr } = await run(['serve'], { env: { ...GOOD, PERSISTED_OPERATIONS } });
    await rm(folder, { recursive: true });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^PERSISTED_OPERATIONS Old \(a1\): Cannot query field "nmae" on type "Workspace".+\n$/);
  });

  it.each(['serve', 'demo'])('%s on a port that is taken exits 1 with one line', async (command) => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const { code, stdout, stderr } = await run([command], { env: { ...GOOD, PORT: String(port) } });
    holder.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `Cannot listen on 127.0.0.1:${port} (HOST, PORT): something else is listening there. Set PORT to another number, or stop what listens there.\n`,
    );
  });

  it.each([[['nope']], [['toString']], [['simulator', '--port', '70000']]])(
    '%j is wrong use: exit 2, and nothing on standard output',
    async (args) => {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toMatch(/^ {4}at /m);
    },
  );
});
