/**
 * Run by itself, with --expose-gc: lots of 10,000 questions, each abandoned by its caller at some moment, while Mode is
 * slow. Prints what the heap has grown by in each lot, after some for the machine to warm up with, and what is left in
 * the house. A leak grows the heap in every lot; what the engine lays up once (compiled code, pools) in one of them, so
 * the first lot that leaves the heap as it was ends the run.
 */
import { envWithDiscovery, gatewayOver, post, startSmallMode } from './gateway.ts';
import { seededRandom } from './seeded-random.ts';

const LOT = 10_000;
const MOST_LOTS = 3;
/** A promise alone is more than a hundred bytes: one left for each question would show. */
const LEAK_BYTES = 100;
const TOGETHER = 100;

const mode = await startSmallMode({ behaviour: { latencyMs: 3, discoveryLatencyMs: 3 } });
const gateway = gatewayOver(envWithDiscovery(mode));
const random = seededRandom(3);
const tokens = mode.world.reports.map(({ token }) => token);
const texts = tokens.map(
  (token) => `{ report(token: "${token}") { archived queries { nodes { name charts { totalCount } } } } }`,
);

/** Hangs up before, while or shortly after its calls are made; whoever is done sooner has not been abandoned. */
async function abandon(): Promise<boolean> {
  const controller = new AbortController();
  const text = texts[Math.floor(random() * texts.length)] ?? '';
  const request = new Request('http://gateway/graphql', { ...post(text), signal: controller.signal });
  const answer = Promise.resolve(gateway.yoga.fetch(request)).then(
    () => controller.signal.aborted,
    () => true,
  );
  const turns = Math.floor(random() * 4);
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  return answer;
}

async function abandonMany(count: number): Promise<number> {
  let aborted = 0;
  while (aborted < count) {
    const ends = await Promise.all(Array.from({ length: Math.min(TOGETHER, count - aborted) }, abandon));
    aborted += ends.filter(Boolean).length;
    mode.ledger.clear();
  }
  return aborted;
}

/** Node's fetch keeps what it knows of connections that were cut for some seconds; with them, the heap goes back. */
const CONNECTIONS_KEPT_MS = 6_000;

async function heap(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, CONNECTIONS_KEPT_MS));
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

await abandonMany(LOT / 5);
let before = await heap();
const growthBytes: number[] = [];
do {
  const aborted = await abandonMany(LOT);
  const after = await heap();
  growthBytes.push((after - before) / aborted);
  before = after;
} while ((growthBytes.at(-1) ?? 0) >= LEAK_BYTES && growthBytes.length < MOST_LOTS);
const { queued, running } = gateway.throttle.state();
const left = { queued, running, demand: gateway.waitingBatches };
process.stdout.write(JSON.stringify({ growthBytes, left }));
await gateway.dispose();
await mode.close();
