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
  // How far exactly, with what is young and what comes while marking goes on, is for each version of V8 to say.
  it('is collected long before V8 would, but for who starts it with a say of their own', async () => {
    const own = await growth([]);
    const told = await growth(['--heap-growing-percent=400']);
    const toldOtherwise = await growth(['--heap_growing_percent=400']);
    expect(own / told).toBeLessThan(0.6);
    expect(toldOtherwise / told).toBeGreaterThan(0.8);
  });

  it('is so in the process of the command', async () => {
    const env = { NODE_OPTIONS: `--import ${join(PROJECT, 'tests/support/tell-what-v8-is-told.js')}` };
    const command = new Command(['demo', '--port', '0'], { env });
    await command.says(/V8 is told --heap-growing-percent=100/);
    await command.says(/GraphiQL/);
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
  });
});
