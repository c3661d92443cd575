/** What questions cost and how long the first one takes: tables for people, and the figures. */
import { measureBills, SMALL } from './bills.ts';
import { measureOverhead } from './calls/overhead.ts';
import { measureRestart } from './calls/restart.ts';
import { LATENCY, timeFirstQuestion, type Timing } from './first-question-times.ts';
import { round, table } from './table.ts';

export async function benchQuestions(): Promise<object> {
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
        ['one call after the other', times.sequentialCrawl],
      ] as const
    ).map(([way, timing]) => [way, timing.calls, round(timing.seconds), timing.refused, against(timing)]),
  );
  console.log(`
  The gateway with Discovery on this machine’s own clock, simulator in the same process: ${round(times.gatewayRealSeconds)} s.
  A loader per level waits ${round(times.loaderPerLevel.seconds / times.gatewayRealSeconds)} times as long, before it computes anything.
`);
  const overhead = await measureOverhead();
  const restart = await measureRestart();
  console.log(`
  A call to Mode, four at a time, to a simulator that answers at once: ${Math.round(overhead.gatewayUs)} us through the gateway,
  ${Math.round(overhead.fetchUs)} us by fetch alone, ${round(overhead.gatewayUs / overhead.fetchUs)} times as long.
  From the start of the process to the first answer from the stored catalog, ${restart.reports} reports: ${round(restart.seconds)} s,
  of which ${round(restart.emptySeconds)} s pass without any catalog.
`);
  return {
    bills,
    overhead,
    restart,
    restOnlyOn: SMALL,
    firstQuestion: { latency: LATENCY, clock: 'stepping', ...times },
  };
}
