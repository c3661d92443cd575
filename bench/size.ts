/**
 * What a large workspace takes: memory, time, and for how long nothing else can run. Each size is read from a Discovery in
 * another process, stored, and taken up by a second life of the gateway, which then answers.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asked, FirstLife, Phase, SecondLife } from './size/life.ts';
import { round, table } from './table.ts';

interface Size {
  readonly factor: number;
  readonly first: FirstLife;
  readonly second: SecondLife;
}

/** Enough for the largest as it was before anything was done about it. */
const HEAP_MB = 6_000;

/** @param factors thousands of reports; each with three queries and four and a half charts */
export async function benchSize(factors: readonly number[]): Promise<object> {
  const sizes: Size[] = [];
  for (const factor of factors) {
    const size = await measure(factor);
    sizes.push(size);
    report(size);
  }
  return { sizes };
}

async function measure(factor: number): Promise<Size> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-size-'));
  const server = run('discovery-server.ts', [String(factor)]);
  try {
    const url = /http\S+/.exec(await firstLine(server))?.[0] ?? '';
    const live = async (life: string): Promise<unknown> =>
      JSON.parse(await firstLine(run('life.ts', [life, String(factor), url, folder]))) as unknown;
    const first = (await live('first')) as FirstLife;
    return { factor, first, second: (await live('second')) as SecondLife };
  } finally {
    server.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}

function run(script: string, args: readonly string[]): ChildProcess {
  const file = join(import.meta.dirname, 'size', script);
  const flags = ['--expose-gc', `--max-old-space-size=${HEAP_MB}`, '--import', 'tsx'];
  return spawn(process.execPath, [...flags, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (data: Buffer) => {
      text += data.toString('utf8');
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)));
  });
}

function report({ factor, first, second }: Size): void {
  const rows = second.rows / 1_000;
  console.log(`\n  ${factor} x: ${Math.round(second.rows).toLocaleString('en')} rows\n`);
  const phases: [string, Phase][] = [
    ['read from Discovery', first.load],
    ['read again, nothing changed', first.unchanged],
    ['read again, 0.1 % changed', first.changed],
    ['taken up from disk, and an answer', second.restore],
    ['prepared behind the answers', second.settled],
  ];
  table(
    ['', 'seconds', 'longest block ms', 'peak RSS MB', 'after: heap', 'buffers', 'RSS'],
    phases.map(([name, { seconds, longestBlockMs, peak, after }]) => [
      name,
      ...[seconds, longestBlockMs, peak.rss, after.heap, after.buffers, after.rss].map(round),
    ]),
  );
  const heap = (second.restore.after.heap - second.empty.heap) / rows;
  const all = (second.restore.after.heap + second.restore.after.buffers - second.empty.heap) / rows;
  console.log(`
  MB per 1,000 rows: ${heap.toFixed(3)} of heap, ${all.toFixed(3)} with buffers. All asked: heap ${round(second.afterAsking.heap)}, RSS ${round(second.afterAsking.rss)} MB.
  First answer ${round(second.firstAnswerMs)} ms after the start of taking up. Slowest order after 0.1 % changed: ${round(first.slowestAfterChangeMs)} ms.
`);
  table(
    ['first page', 'first time ms', 'p50', 'p99'],
    second.asked.map(({ name, firstMs, p50Ms, p99Ms }: Asked) => [name, ...[firstMs, p50Ms, p99Ms].map(round)]),
  );
}
