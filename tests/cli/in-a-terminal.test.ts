import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, envWithDiscovery, startSmallMode, type Answer, type Env } from '../support/gateway.ts';
import { describeInTerminal, DRAWN, runInTerminal } from '../support/terminal.ts';
import { inOrder } from '../support/world-order.ts';

const BAR = /[█░]+ \d+ of \d+ pages?, [\d,]+ rows?, \d+ calls?(, about \d+ (s|min) left)?/;

const FIRST = `{
  workspace { reports(first: 4, orderBy: { field: NAME, direction: ASC }) { totalCount nodes { name token } } }
}`;

describeInTerminal('in a terminal, mode-graphql', () => {
  let mode: Simulator;
  let folder: string;
  /** What standard error or output is sent to instead of the terminal. */
  let said: string;

  beforeAll(async () => {
    mode = await startSmallMode({ behaviour: { discoveryLatencyMs: 300 } });
    folder = await mkdtemp(join(tmpdir(), 'terminal-'));
    said = join(folder, 'said');
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await mode.close();
    await rm(folder, { recursive: true, force: true });
  });

  const env = (): Env => ({ ...envWithDiscovery(mode), CATALOG_DIR: join(folder, 'catalog') });

  it('warm shows a bar, takes it away again and gives the cursor back', async () => {
    const { code, screen } = await runInTerminal(['warm'], { env: env() });
    expect(code).toBe(0);
    expect(screen).toMatch(BAR);
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
    // It is drawn on standard error, and a line for each list would be once too much.
    expect(screen).not.toMatch(/^reports: /m);
    expect(screen).toMatch(/calls to Mode, /);
  });

  it.each([
    ['NO_COLOR is set', { NO_COLOR: '1' }, []],
    ['it is to be quiet', { NO_COLOR: '' }, ['--quiet', '--json']],
  ] as const)('warm draws nothing when %s', async (_when, more, args) => {
    const { code, screen } = await runInTerminal(['warm', ...args], { env: { ...env(), ...more } });
    expect(code).toBe(0);
    expect(screen).not.toMatch(DRAWN);
    expect(screen).not.toMatch(BAR);
  });

  it('warm draws nothing into a file', async () => {
    const { code, screen } = await runInTerminal(['warm', '--json'], { env: env(), shell: `2> ${said}` });
    expect(code).toBe(0);
    expect(JSON.parse(screen)).toMatchObject({ complete: true });
    const text = await readFile(said, 'utf8');
    expect(text).toMatch(/^reports: 40 rows in 1 call$/m);
    expect(text).not.toMatch(DRAWN);
  });

  it('query prints a table as wide as the terminal, and JSON where its output goes elsewhere', async () => {
    const rows = () => inOrder(mode.world.reports, ({ name }) => name).slice(0, 4);
    const { code, screen } = await runInTerminal(['query', '--text', FIRST], {
      env: { ...envFor(mode), NO_COLOR: '1' },
      columns: 34,
      shell: `2> ${said}`,
    });
    expect(code).toBe(0);
    const lines = screen.trimEnd().split('\r\n');
    expect(lines.every((line) => line.length === 34)).toBe(true);
    const cells = lines
      .filter((line) => line.startsWith('│'))
      .map((line) => line.split('│').map((cell) => cell.trim()));
    expect(cells[0]?.slice(1, 3)).toEqual(['name', 'token']);
    expect(cells.slice(1).map(([, , token]) => token)).toEqual(rows().map(({ token }) => token));
    for (const [place, { name }] of rows().entries()) {
      const shown = cells[place + 1]?.[1] ?? '';
      expect(name?.startsWith(shown.replace(/…$/, ''))).toBe(true);
    }
    expect(await readFile(said, 'utf8')).toMatch(/^workspace\.reports\.nodes: 4 of 40 rows\n\d+ calls? to Mode/);

    const piped = await runInTerminal(['query', '-q', '--text', FIRST], { env: envFor(mode), shell: `> ${said}` });
    expect(piped).toEqual({ code: 0, screen: '' });
    expect((JSON.parse(await readFile(said, 'utf8')) as Answer).data).toMatchObject({
      workspace: { reports: { nodes: rows().map(({ name, token }) => ({ name, token })) } },
    });
  });

  it('a name from Mode does not steer the terminal, in a table or in JSON', async () => {
    const [report] = inOrder(mode.world.reports, ({ name }) => name);
    const before = report?.name ?? null;
    mode.world.renameReport(report?.token ?? '', '!!\u001b]0;owned\u0007\u009b31mred');
    const file = join(folder, 'first.graphql');
    await writeFile(file, FIRST);
    for (const output of ['table', 'json', 'ndjson']) {
      const args = ['query', '-q', file, '--output', output];
      const { code, screen } = await runInTerminal(args, { env: { ...envFor(mode), NO_COLOR: '1' } });
      expect(code).toBe(0);
      expect(screen).toContain('owned');
      // eslint-disable-next-line no-control-regex
      expect(screen).not.toMatch(/[\u001b\u0007\u009b]/);
    }
    mode.world.renameReport(report?.token ?? '', before);
  });

  it('help is bold where it may be, and nowhere else', async () => {
    const bold = await runInTerminal(['help'], {});
    expect(bold.screen).toContain('\u001b[1mUsage:');
    const plain = await runInTerminal(['help'], { env: { NO_COLOR: '1' } });
    expect(plain.screen).not.toMatch(DRAWN);
  });
});
