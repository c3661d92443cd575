/** The figures that the repository keeps: what the page about performance shows, and what CI compares its short run with. */
import { cpus, totalmem } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const FILE = join('bench', 'kept-figures.json');
const ARTIFACTS = 'artifacts';

const speed = z.object({ perSecond: z.number(), p99Ms: z.number() });
const lists = z.object({
  connections: z.number(),
  lists: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      again: speed,
      anew: speed,
      constant: speed,
      shareAgain: z.number(),
      shareAnew: z.number(),
    }),
  ),
});
const timing = z.object({ calls: z.number(), seconds: z.number() });
const questions = z.object({
  bills: z.array(z.object({ question: z.string(), cold: z.number(), warm: z.number(), restOnlySmall: z.number() })),
  restOnlyOn: z.object({ reports: z.number() }),
  overhead: z.object({ calls: z.number(), gatewayUs: z.number(), fetchUs: z.number() }).optional(),
  restart: z.object({ reports: z.number(), seconds: z.number(), emptySeconds: z.number() }).optional(),
  firstQuestion: z.object({
    gateway: timing,
    gatewayWithoutDiscovery: timing,
    loaderPerLevel: timing,
    sequentialCrawl: timing.optional(),
    gatewayRealSeconds: z.number(),
  }),
});
const memory = z.object({ rss: z.number(), heap: z.number() });
const phase = z.object({ seconds: z.number(), longestBlockMs: z.number(), peak: memory, after: memory });
const size = z.object({
  sizes: z.array(
    z.object({
      factor: z.number(),
      first: z.object({ rows: z.number(), load: phase, unchanged: phase, changed: phase }),
      second: z.object({
        restore: phase,
        firstAnswerMs: z.number(),
        afterAsking: memory,
        asked: z.array(z.object({ kind: z.string(), firstMs: z.number(), p50Ms: z.number(), p99Ms: z.number() })),
      }),
    }),
  ),
});
const soak = z.object({
  calls: z.number(),
  refused: z.number(),
  minutes: z.array(
    z.object({
      lists: z.number(),
      listsP99Ms: z.number(),
      reads: z.number(),
      leastHeapMb: z.number(),
      residentMb: z.number(),
      trouble: z.record(z.string(), z.number()),
    }),
  ),
});

const PARTS = {
  questions: { file: 'bench.json', schema: questions },
  lists: { file: 'bench-lists.json', schema: lists },
  size: { file: 'bench-size.json', schema: size },
  soak: { file: 'bench-soak.json', schema: soak },
} as const;

const machine = z.object({
  processor: z.string(),
  cores: z.number(),
  memoryGb: z.number(),
  node: z.string(),
  on: z.string(),
});

const figures = z.object({
  /** On which each part was measured. */
  machines: z.record(z.string(), machine),
  questions: questions.optional(),
  lists: lists.optional(),
  size: size.optional(),
  soak: soak.optional(),
});

export type KeptFigures = z.output<typeof figures>;

export async function keptFigures(): Promise<KeptFigures> {
  return figures.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

/** Takes over what the benches have written since; what was not run again stays as it was. */
export async function keepFigures(): Promise<KeptFigures> {
  const before = await keptFigures().catch((): KeptFigures => ({ machines: {} }));
  const kept: Record<string, unknown> = { ...before };
  const machines = { ...before.machines };
  for (const [name, { file, schema }] of Object.entries(PARTS)) {
    const text = await readFile(join(ARTIFACTS, file), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const part = JSON.stringify(schema.parse(JSON.parse(text)));
    if (part === JSON.stringify(kept[name])) continue;
    kept[name] = JSON.parse(part);
    machines[name] = thisMachine();
  }
  const after = figures.parse({ ...kept, machines });
  await writeFile(FILE, `${JSON.stringify(after, rounded, 2)}\n`);
  return after;
}

function thisMachine(): z.output<typeof machine> {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    on: new Date().toISOString().slice(0, 10),
  };
}

/** To four digits: more is noise, and would make every run a change. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
