import { join } from 'node:path';
import { Command, PROJECT, run } from '../support/command.ts';

const CHURN = ['--import', 'tsx', join('tests', 'support', 'churn.ts')];

/** Percent. */
async function growth(flags: readonly string[]): Promise<number> {
  const { stdout, stderr } = await run([], { script: [...flags, ...CHURN] });
  const [, grew] = /^grew (\d+)$/m.exec(stdout) ?? [];
  if (grew === undefined) throw new Error(`${stdout}${stderr}`);
  return Number(grew);
}

describe('the heap of a gateway', () => {
  it('is collected when it has grown to twice that', async () => {
    // Beside these 100 percent stands what is young: at most three times 16 MB.
    expect(await growth([])).toBeLessThan(170);
  });

  it.each(['--heap-growing-percent=400', '--heap_growing_percent=400'])(
    'grows as whoever starts it says: %s',
    async (flag) => {
      expect(await growth([flag])).toBeGreaterThan(250);
    },
  );

  it('is so in the process of the command', async () => {
    const env = { NODE_OPTIONS: `--import ${join(PROJECT, 'tests/support/tell-what-v8-is-told.js')}` };
    const command = new Command(['demo', '--port', '0'], { env });
    await command.says(/V8 is told --heap-growing-percent=100/);
    await command.says(/GraphiQL/);
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
  });
});
