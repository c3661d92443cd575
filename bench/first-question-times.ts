import { createHttp } from '../src/mode/http.ts';
import { createRestClient, type RestClient } from '../src/mode/rest-client.ts';
import { startSimulator, type Simulator } from '../src/simulator/index.ts';
import { canonicalQuestions } from '../tests/support/canonical-questions.ts';
import { ask, envFor, envWithDiscovery, gatewayOver } from '../tests/support/gateway.ts';
import { SteppingClock } from '../tests/support/stepping-clock.ts';
import type { FirstAnswer, FirstQuestion } from './rivals/first-question.ts';
import { askLoaderPerLevel } from './rivals/loader-per-level.ts';
import { crawlSequentially } from './rivals/sequential-crawl.ts';

export interface Timing {
  readonly calls: number;
  /** From the first call's arrival to the last one's answer, on the simulator's clock. */
  readonly seconds: number;
  readonly refused: number;
}

export interface FirstQuestionTimes {
  readonly answer: FirstAnswer;
  readonly gateway: Timing;
  readonly gatewayWithoutDiscovery: Timing;
  readonly loaderPerLevel: Timing;
  readonly sequentialCrawl: Timing;
  /** On the machine's clock, everything in one process: simulator, gateway and client. */
  readonly gatewayRealSeconds: number;
}

/** What a page of either API takes. Mode publishes no figures; REST's is taken to be no slower than Discovery's. */
export const LATENCY = { latencyMs: 80, discoveryLatencyMs: 80 } as const;

/** Without Discovery the question takes longer than anybody waits. */
const LIMIT = { MODE_RATE_LIMIT: '40/10s', OPERATION_TIMEOUT: '1d' };
const QUESTION = { collections: 20, reportsEach: 50 };

/** Q1 of an empty catalog, four ways, on the whole workspace and under Mode's rate limit. */
export async function timeFirstQuestion(): Promise<FirstQuestionTimes> {
  const gateway = await onFreshMode((mode, clock) => askGateway(mode, clock, envWithDiscovery(mode)));
  const without = await onFreshMode((mode, clock) => askGateway(mode, clock, envFor(mode)));
  const loader = await onFreshMode((mode, clock) => askRival(mode, clock, askLoaderPerLevel));
  const crawl = await onFreshMode((mode, clock) => askRival(mode, clock, crawlSequentially));
  if (JSON.stringify(loader.result) !== JSON.stringify(crawl.result)) throw new Error('the rivals answer differently');
  return {
    answer: loader.result,
    gateway: gateway.timing,
    gatewayWithoutDiscovery: without.timing,
    loaderPerLevel: loader.timing,
    sequentialCrawl: crawl.timing,
    gatewayRealSeconds: await timeForReal(),
  };
}

type Rival = (rest: RestClient, question: FirstQuestion) => Promise<FirstAnswer>;

/** With the client and the throttle of a gateway that nobody asks. */
async function askRival(mode: Simulator, clock: SteppingClock, rival: Rival): Promise<FirstAnswer> {
  const gateway = gatewayOver({ ...envFor(mode), ...LIMIT }, { clock });
  const { token, secret } = mode.credentials.admin;
  const http = createHttp({
    baseUrl: mode.url,
    authorization: `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`,
    accept: 'application/hal+json',
    throttle: gateway.throttle,
    clock,
    random: () => 0,
    timeoutMs: 30_000,
  });
  // Discovery shows no personal collections, so the others must not either.
  const isShown = ({ type }: { readonly type: string | null }): boolean => type !== 'private';
  const work = rival(createRestClient(http, mode.workspace), { ...QUESTION, isShown });
  const answer = await clock.drive(work, mode, gateway);
  await gateway.dispose();
  return answer;
}

async function askGateway(mode: Simulator, clock: SteppingClock, env: Readonly<Record<string, string>>): Promise<void> {
  const gateway = gatewayOver({ ...env, ...LIMIT }, { clock });
  const { errors } = await clock.drive(ask(gateway, firstQuestion(mode)), mode, gateway);
  if (errors) throw new Error(`the gateway answered with errors: ${errors[0]?.message}`);
  await gateway.dispose();
}

/** Time stands still while anything moves: waiting is counted to the millisecond, and computing not at all. */
async function onFreshMode<T>(
  work: (mode: Simulator, clock: SteppingClock) => Promise<T>,
): Promise<{ result: T; timing: Timing }> {
  const clock = new SteppingClock();
  const mode = await startSimulator({ clock, behaviour: LATENCY });
  const result = await work(mode, clock);
  const { entries } = mode.ledger;
  const end = Math.max(...entries.map((entry) => entry.answeredAt ?? 0));
  const timing = {
    calls: entries.length,
    seconds: (end - (entries[0]?.at ?? end)) / 1_000,
    refused: mode.ledger.calls({ status: 429 }).length,
  };
  await mode.close();
  return { result, timing };
}

async function timeForReal(): Promise<number> {
  const mode = await startSimulator({ behaviour: LATENCY });
  const gateway = gatewayOver({ ...envWithDiscovery(mode), ...LIMIT });
  const start = performance.now();
  await ask(gateway, firstQuestion(mode));
  const seconds = (performance.now() - start) / 1_000;
  await gateway.dispose();
  await mode.close();
  return seconds;
}

function firstQuestion(mode: Simulator): string {
  return canonicalQuestions(mode.world)[0]?.query ?? '';
}
