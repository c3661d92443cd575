import { judgePrice, judgeSharing, judgeWindows } from './judge-calls.ts';
import { judgeLoads } from './judge-loads.ts';
import type { Entry } from './ledger.ts';
import { nameOf } from './load.ts';
import { listsBeingRead, openHouse, REAL_PARTS, type House, type Parts } from './house.ts';
import { RunningOperation, type Asked } from './run-operation.ts';
import { MINUTE, type PlannedOperation, type Schedule } from './schedule.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { storedLists, storeOf } from './stored-lists.ts';
import { Upstream } from './upstream.ts';
import { CLEAR } from './weather.ts';

export interface Outcome {
  /** Rules that were broken, each with its name first. */
  readonly broken: readonly string[];
  readonly ledger: readonly Entry[];
  readonly asked: readonly Asked[];
}

export interface PlayOptions {
  /** Parts to play with in place of the real ones. */
  readonly parts?: Partial<Parts>;
  /** How much longer operations take their time to be than the judges do. @default 0 */
  readonly extraTimeMs?: number;
}

/** Long enough for every pause, and for every list that failed to be tried again. */
const CALM_AFTER_MS = 11 * MINUTE;

/** A call that is about to be repeated neither waits nor runs meanwhile. */
const LONGEST_BACKOFF_MS = 5_000;

/** Plays a schedule to its end, and then asks once more, on a quiet day, for some of what failed. */
export async function play(schedule: Schedule, options: PlayOptions = {}): Promise<Outcome> {
  const clock = new SimulatedClock(schedule.turns, schedule.sleeps);
  const [gateways, wires, script] = [clock.view(), clock.view(), clock.view()];
  const broken: string[] = [];
  const onBroken = (rule: string): void => void broken.push(`order: ${rule}`);
  const upstream = new Upstream({ ...schedule, clock: wires, start: clock.start, onBroken });
  const operations: RunningOperation[] = [];
  const isGone = (caller: object): boolean =>
    operations.find((each) => each.caller === caller)?.abortedAt !== undefined;
  const house = openHouse({
    ...schedule,
    clock: gateways,
    upstream,
    store: storeOf(await storedLists(), schedule.warm, clock.start),
    watch: { now: () => clock.now, isGone, onBroken },
    parts: { ...REAL_PARTS, ...options.parts },
  });
  const { catalog } = house;
  if (catalog.available) await catalog.restore();

  const begin = (plan: PlannedOperation): void => {
    const timeoutMs = plan.timeoutMs + (options.extraTimeMs ?? 0);
    const operation = new RunningOperation(
      plan,
      schedule.callers[plan.caller] ?? 1,
      house.premises,
      gateways,
      timeoutMs,
      script,
    );
    operations.push(operation);
    if (plan.abortsAfterMs !== undefined) script.schedule(() => operation.abort(), plan.abortsAfterMs);
  };
  for (const plan of schedule.operations) script.schedule(() => begin(plan), plan.beginsAt);
  for (const { at, names } of schedule.refreshes) script.schedule(() => void catalog.warm(names), at);

  const isDone = (): boolean => script.waiting === 0 && operations.every((each) => each.isOver);
  const isQuiet = (): boolean => isDone() && listsBeingRead(house).length === 0 && isIdle(house);
  const judgeRest = async (when: string): Promise<void> => {
    if (!(await clock.runUntil(isQuiet)) && isDone()) broken.push(`left: ${when} something is never done`);
    for (const _ of [1, 2]) {
      script.schedule(() => undefined, LONGEST_BACKOFF_MS);
      await clock.runUntil(isQuiet);
    }
    await clock.settle();
    broken.push(...leftBehind(house, gateways.waiting).map((what) => `left: ${when} ${what}`));
  };
  await clock.runUntil(isDone);
  await judgeRest('in the end');

  const asked = operations.flatMap((operation) => operation.asked);
  const sleeps = schedule.sleeps.map(({ afterMs, lengthMs }) => ({
    from: clock.start + afterMs,
    to: clock.start + afterMs + lengthMs,
  }));
  const common = { ledger: upstream.ledger, sleeps, hasDiscovery: catalog.available };
  broken.push(...judgeLoads({ ...common, asked, isHealthy: schedule.isHealthy }));
  if (schedule.isHealthy)
    broken.push(...judgePrice(upstream.ledger, asked, schedule.refreshes.flatMap(({ names }) => names).length));

  const again = failed(asked);
  if (again.length > 0 && broken.length === 0) {
    upstream.weather = CLEAR;
    script.schedule(() => begin(calm(again)), CALM_AFTER_MS);
    await clock.runUntil(isDone);
    const retried = operations.at(-1)?.asked ?? [];
    const problems = judgeLoads({ ...common, asked: retried, isHealthy: true, hasDiscovery: false });
    broken.push(...problems.map((problem) => `remembered: ${problem}`));
  }
  let isClosed = false;
  void house.dispose().then(() => (isClosed = true));
  await clock.runUntil(() => isClosed);
  await judgeRest('after closing');

  if (schedule.weather.others.length === 0) broken.push(...judgeWindows(upstream.ledger, upstream.buckets));
  broken.push(...judgeSharing(upstream.ledger, operations));
  return { broken, ledger: upstream.ledger, asked };
}

function isIdle({ throttles }: House): boolean {
  return throttles.every((throttle) => throttle.state().queued + throttle.state().running === 0);
}

function leftBehind(house: House, timers: number): string[] {
  const { demand } = house.premises;
  const [queued, running] = [sum(house, 'queued'), sum(house, 'running')];
  return [
    ...(queued > 0 ? [`${queued} calls wait`] : []),
    ...(running > 0 ? [`${running} permits are held`] : []),
    ...(demand.size > 0 ? [`${demand.size} batches are open`] : []),
    ...(timers > 0 ? [`${timers} timers run`] : []),
    ...listsBeingRead(house).map((name) => `${name} is being read`),
  ];
}

function sum({ throttles }: House, of: 'queued' | 'running'): number {
  return throttles.reduce((total, throttle) => total + throttle.state()[of], 0);
}

/** A few of the loads that ended in an error, each once. */
function failed(asked: readonly Asked[]): Asked[] {
  const errors = asked.filter(({ end, operation }) => end && !end.loaded && operation.abortedAt === undefined);
  return [...new Map(errors.map((each) => [nameOf(each.load), each])).values()].slice(0, 3);
}

function calm(again: readonly Asked[]): PlannedOperation {
  return {
    beginsAt: 0,
    caller: 0,
    timeoutMs: 600 * MINUTE,
    maxAgeMs: undefined,
    abortsAfterMs: undefined,
    steps: again.map(({ load, facts }) => ({ load, facts, afterMs: 0 })),
  };
}
