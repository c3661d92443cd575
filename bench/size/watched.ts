import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Watched<T> {
  readonly result: T;
  readonly seconds: number;
  /** The longest time for which nothing else could run, in milliseconds. */
  readonly longestBlockMs: number;
  readonly peak: Memory;
}

/** Megabytes. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  /** Buffers and typed arrays, which lie outside the heap. */
  readonly buffers: number;
}

const SAMPLE_MS = 10;

/** Does the work and watches the event loop and the memory meanwhile. */
export async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const before = memory();
  const peak = { ...before };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const sampler = setInterval(() => {
    const { rss, heap, buffers } = memory();
    peak.rss = Math.max(peak.rss, rss);
    peak.heap = Math.max(peak.heap, heap);
    peak.buffers = Math.max(peak.buffers, buffers);
  }, SAMPLE_MS);
  delay.enable();
  // It tells of what lies between two ticks: without one beforehand, what the work begins with would go unseen.
  await turn();
  delay.reset();
  const from = performance.now();
  const result = await work();
  const seconds = (performance.now() - from) / 1_000;
  // The block that ends the work is told of by the next tick only.
  await turn();
  delay.disable();
  clearInterval(sampler);
  return { result, seconds, longestBlockMs: delay.max / 1e6, peak };
}

export function memory(): Memory {
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const megabytes = (bytes: number): number => bytes / 1_048_576;
  return { rss: megabytes(rss), heap: megabytes(heapUsed), buffers: megabytes(arrayBuffers) };
}

/** What is really held: garbage is collected first. */
export async function memoryAtRest(): Promise<Memory> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await turn();
  }
  return memory();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
