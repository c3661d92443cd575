/**
 * `npm run bench`: what questions cost and how long the first one takes. Others by name, such as `npm run bench -- lists`:
 *
 * - `lists`: answers a second from the catalog, as a share of a bare Yoga's
 * - `check`: the same, shorter, against what is kept in `kept-figures.json`; fails on what is clearly worse
 * - `keep`: takes the figures of the others over into `kept-figures.json`, of which `npm run docs` makes docs/performance.md
 * - `throttle`: what a grant costs; needs a redis-server
 * - `load`: 200 clients beside a hostile one; two minutes
 * - `size 1 10 100`: memory, pauses and times of workspaces of so many thousand reports
 * - `soak`: ten minutes of all the work there is
 *
 * Prints tables, writes figures into `artifacts/`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchCheck } from './check.ts';
import { keepFigures } from './kept-figures.ts';
import { benchLists } from './lists.ts';
import { benchLoad } from './load.ts';
import { benchQuestions } from './questions.ts';
import { benchSize } from './size.ts';
import { benchSoak } from './soak.ts';
import { benchThrottle } from './throttle.ts';

const [name = 'questions', ...args] = process.argv.slice(2);

const BENCHES: Readonly<Record<string, { readonly file: string; run(): Promise<object> }>> = {
  questions: { file: 'bench.json', run: benchQuestions },
  lists: { file: 'bench-lists.json', run: () => benchLists() },
  check: { file: 'bench-check.json', run: benchCheck },
  keep: { file: 'bench-kept.json', run: keepFigures },
  soak: { file: 'bench-soak.json', run: benchSoak },
  load: { file: 'bench-load.json', run: benchLoad },
  size: { file: 'bench-size.json', run: () => benchSize(args.length > 0 ? args.map(Number) : [1, 10]) },
  throttle: { file: 'bench-throttle.json', run: benchThrottle },
};

const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench) {
  const figures = await bench.run();
  const folder = join(import.meta.dirname, '..', 'artifacts');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, bench.file), `${JSON.stringify(figures, null, 2)}\n`);
} else {
  console.error(`There is no bench "${name}"; there are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exitCode = 2;
}
