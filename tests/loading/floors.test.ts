import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PROJECT } from '../support/command.ts';

const CLIMBING: [string, string][] = [
  ['src/throttle/clock.ts', '../mode/http.ts'],
  ['src/throttle/clock.ts', '../config/config.ts'],
  ['src/throttle/new-file.ts', '../schema/schema.ts'],
  ['src/mode/http.ts', '../loading/operation.ts'],
  ['src/mode/rest/charts.ts', '../../schema/schema.ts'],
  ['src/loading/operation.ts', '../schema/refs.ts'],
  ['src/schema/refs.ts', '../server/yoga.ts'],
  ['src/schema/types/chart.ts', '../../simulator/index.ts'],
  ['src/server/yoga.ts', '../gateway.ts'],
  ['src/simulator/index.ts', '../mode/http.ts'],
  ['src/simulator/http/send.ts', '../../throttle/clock.ts'],
];

const ALLOWED: [string, string][] = [
  ['src/mode/http.ts', '../throttle/clock.ts'],
  ['src/loading/operation.ts', '../mode/records.ts'],
  ['src/server/yoga.ts', '../throttle/clock.ts'],
  ['src/cli/demo.ts', '../simulator/index.ts'],
];

describe('lint', () => {
  it('refuses every import that climbs from one floor to a higher one, and no other', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'tests/support/lint-imports.ts', JSON.stringify([...CLIMBING, ...ALLOWED])],
      { cwd: PROJECT },
    );
    const refusals = JSON.parse(stdout) as number[];
    expect([...CLIMBING, ...ALLOWED].map((pair, index) => [...pair, (refusals[index] ?? 0) > 0])).toEqual([
      ...CLIMBING.map((pair) => [...pair, true]),
      ...ALLOWED.map((pair) => [...pair, false]),
    ]);
  });
});
