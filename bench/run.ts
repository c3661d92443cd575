/** `npm run bench`: what questions cost and how long the first one takes. Prints tables, writes `artifacts/bench.json`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureBills, SMALL } from './bills.ts';
import { LATENCY, timeFirstQuestion, type Timing } from './first-question-times.ts';

const bills = await measureBills();
console.log(
  '\nCalls to Mode, by the simulator’s ledger: 4,146 reports, 120 collections, 12,438 queries, 18,657 charts\n',
);
table(
  ['question', 'allowed cold', 'cold', 'warm', `REST only, ${SMALL.reports} reports`],
  bills.map((each) => [each.question, each.allowed, each.cold, each.warm, each.restOnlySmall]),
);

const times = await timeFirstQuestion();
const against = (timing: Timing): string => `${round(timing.seconds / times.gateway.seconds)} x`;
console.log(`
Q1 of an empty catalog under 40 calls in 10 s, ${LATENCY.latencyMs} ms a REST call, ${LATENCY.discoveryLatencyMs} ms a Discovery page.
On a clock that stands still while anything moves: waiting counts, computing does not. One run.
`);
table(
  ['way', 'calls', 'seconds', 'refused', 'to the gateway'],
  (
    [
      ['gateway, Discovery', times.gateway],
      ['gateway, REST only', times.gatewayWithoutDiscovery],
      ['a loader per level', times.loaderPerLevel],
    ] as const
  ).map(([way, timing]) => [way, timing.calls, round(timing.seconds), timing.refused, against(timing)]),
);
console.log(`
The gateway with Discovery on this machine’s own clock, simulator in the same process: ${round(times.gatewayRealSeconds)} s.
A loader per level waits ${round(times.loaderPerLevel.seconds / times.gatewayRealSeconds)} times as long, before it computes anything.
`);

const folder = join(import.meta.dirname, '..', 'artifacts');
await mkdir(folder, { recursive: true });
await writeFile(
  join(folder, 'bench.json'),
  `${JSON.stringify({ bills, restOnlyOn: SMALL, firstQuestion: { latency: LATENCY, clock: 'stepping', ...times } }, null, 2)}\n`,
);

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    console.log(
      line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    );
  }
}
