import type { KeptFigures } from './kept-figures.ts';

/** docs/performance.md, from the figures that are kept. */
export function printPerformancePage(figures: KeptFigures): string {
  return `${[START, ...[questions, lists, size, soak].flatMap((print) => print(figures) ?? [])].join('\n\n')}\n`;
}

const START = `# Performance

Calls to Mode are what is scarce; everything else is here so that it never becomes scarce instead. The figures are those of one
run of each bench on one machine, printed by \`npm run docs\` from what \`npm run bench -- keep\` took over. Ratios are taken within
one run; times of another machine will differ.`;

type Part = (figures: KeptFigures) => string | undefined;

const questions: Part = ({ questions: found, machines }) => {
  if (!found) return undefined;
  const { bills, firstQuestion: first, restOnlyOn, overhead, restart } = found;
  const times = [
    ['this gateway, Discovery', first.gateway],
    ['this gateway, REST only', first.gatewayWithoutDiscovery],
    ['a loader for each level', first.loaderPerLevel],
    ...(first.sequentialCrawl ? [['one call after the other', first.sequentialCrawl] as const] : []),
  ] as const;
  return section('Calls', machines.questions, [
    'By the ledger of the simulated Mode: 4,146 reports, 120 collections, 12,438 queries, 18,657 charts (`npm run bench`).',
    table(
      ['question', 'cold', 'warm', `REST only, ${restOnlyOn.reports} reports`],
      bills.map(({ question, cold, warm, restOnlySmall }) => [question, cold, warm, restOnlySmall]),
    ),
    'Twenty collections with fifty reports of each, their queries and charts, on a clock that stands still while anything is computed:',
    table(
      ['way', 'calls', 'seconds', 'to the first'],
      times.map(([way, { calls, seconds }]) => [
        way,
        grouped(calls),
        short(seconds),
        `${short(seconds / first.gateway.seconds)} x`,
      ]),
    ),
    `The gateway with Discovery on the machine’s own clock: ${short(first.gatewayRealSeconds)} s.`,
    ...(overhead
      ? [
          `What the gateway adds to a call, measured with a Mode that answers at once, four calls at a time: ${short(overhead.gatewayUs)} µs a call through the gateway, ${short(overhead.fetchUs)} µs by \`fetch\` alone. Under Mode’s limit there is a call every 250,000 µs.`,
        ]
      : []),
    ...(restart
      ? [
          `From the start of the process to the first answer out of the stored catalog of ${grouped(restart.reports)} reports: ${short(restart.seconds)} s, of which ${short(restart.emptySeconds)} s pass without any catalog.`,
        ]
      : []),
  ]);
};

const lists: Part = ({ lists: found, machines }) =>
  found &&
  section('Lists that the catalog holds', machines.lists, [
    `Answers a second to ${found.connections} connections, clients on the same cores, beside a bare Yoga that sends the same bytes from a constant (\`npm run bench -- lists\`). *Again*: the same question once more, whose answer is kept until a list is read anew. *Anew*: worked out each time, as any other page of the list is.`,
    table(
      ['list', 'KB', 'again', 'p99 ms', 'anew', 'p99 ms', 'bare', 'p99 ms', 'share, again', 'share, anew'],
      found.lists.map(({ name, bytes, again, anew, constant, shareAgain, shareAnew }) => [
        name,
        short(bytes / 1024),
        ...[again, anew, constant].flatMap(({ perSecond, p99Ms }) => [short(perSecond), short(p99Ms)]),
        percent(shareAgain),
        percent(shareAnew),
      ]),
    ),
  ]);

const size: Part = ({ size: found, machines }) =>
  found &&
  section('Size', machines.size, [
    'Workspaces of a thousand reports, 3,000 queries with SQL of 1 KB and 4,500 charts, and multiples of it (`npm run bench -- size 1 10 100`). Megabytes; *block* is the longest time in which nothing else could run. Filters and searches are asked with new arguments each time, so that none is given again; of orders it is the first time that counts.',
    table(
      ['', ...found.sizes.map(({ factor }) => `${grouped(factor * 1_000)} reports`)],
      (
        [
          ['heap after a refresh', ({ first }) => short(first.changed.after.heap)],
          ['resident after a refresh', ({ first }) => short(first.changed.after.rss)],
          ['resident, restored and all asked', ({ second }) => short(second.afterAsking.rss)],
          ['heap per 1,000 rows', ({ first }) => (first.changed.after.heap / (first.rows / 1_000)).toFixed(2)],
          ['most resident while it is read anew', ({ first }) => short(first.changed.peak.rss)],
          ['block, first reading, ms', ({ first }) => short(first.load.longestBlockMs)],
          ['block, nothing changed, ms', ({ first }) => short(first.unchanged.longestBlockMs)],
          ['block, 0.1 % changed, ms', ({ first }) => short(first.changed.longestBlockMs)],
          ['block, from disk, ms', ({ second }) => short(second.restore.longestBlockMs)],
          ['from disk to the first answer, s', ({ second }) => short(second.firstAnswerMs / 1_000)],
          [
            'first page of any order, first time, the slowest, ms',
            ({ second }) => short(Math.max(...kindOf(second, 'order').map(({ firstMs }) => firstMs))),
          ],
          ['first page of a filter, middle of all and worst p99, ms', ({ second }) => middleAndWorst(second, 'filter')],
          ['search of SQL, middle of all and worst p99, ms', ({ second }) => middleAndWorst(second, 'sql')],
        ] as [string, (each: Size) => string][]
      ).map(([what, tell]) => [what, ...found.sizes.map(tell)]),
    ),
  ]);

type Size = NonNullable<KeptFigures['size']>['sizes'][number];

const kindOf = ({ asked }: Size['second'], kind: string) => asked.filter((each) => each.kind === kind);

function middleAndWorst(second: Size['second'], kind: string): string {
  const of = kindOf(second, kind);
  const p50s = of.map(({ p50Ms }) => p50Ms).sort((a, b) => a - b);
  return `${short(p50s[Math.floor(p50s.length / 2)] ?? 0)}, ${short(Math.max(...of.map(({ p99Ms }) => p99Ms)))}`;
}

const soak: Part = ({ soak: found, machines }) =>
  found &&
  section('A long load', machines.soak, [
    `Lists without a pause, reads of REST at the limit, and the whole catalog read anew every minute (\`npm run bench -- soak\`): ${grouped(found.calls)} calls to Mode, of which ${found.refused} were refused (429). The least heap is about what is held, seen every two seconds between collections. What is resident is that, as much room again, which the command lets V8 take before all is collected, the young generation, and Node.js itself.`,
    table(
      ['minute', 'lists', 'p99 ms', 'reads', 'least heap MB', 'resident MB', 'anything but 200'],
      found.minutes.map(({ lists: asked, listsP99Ms, reads, leastHeapMb, residentMb, trouble }, at) => [
        at + 1,
        grouped(asked),
        short(listsP99Ms),
        reads,
        short(leastHeapMb),
        short(residentMb),
        Object.entries(trouble)
          .map(([what, count]) => `${count} ${what}`)
          .join(', ') || 'none',
      ]),
    ),
  ]);

function section(
  title: string,
  machine: KeptFigures['machines'][string] | undefined,
  parts: readonly string[],
): string {
  const where =
    machine &&
    `*${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Node.js ${machine.node}, ${machine.on}.*`;
  return [`## ${title}`, ...parts, ...(where === undefined ? [] : [where])].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

const percent = (share: number): string => `${short(share * 100)} %`;
const grouped = (count: number): string => count.toLocaleString('en');

function short(value: number): string {
  return value >= 100 ? grouped(Math.round(value)) : String(Number(value.toPrecision(3)));
}
