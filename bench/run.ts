/**
 * `npm run bench`: what questions cost and how long the first one takes. `npm run bench -- throttle`: what a grant
 * costs; needs a redis-server. `npm run bench -- load`: 200 clients beside a hostile one; two minutes. Prints tables, writes
 * `artifacts/bench.json`, `artifacts/bench-throttle.json` or `artifacts/bench-load.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchLoad } from './load.ts';
import { benchQuestions } from './questions.ts';
import { benchThrottle } from './throttle.ts';

const BENCHES: Readonly<Record<string, { readonly file: string; run(): Promise<object> }>> = {
  questions: { file: 'bench.json', run: benchQuestions },
  load: { file: 'bench-load.json', run: benchLoad },
  throttle: { file: 'bench-throttle.json', run: benchThrottle },
};

const [name = 'questions'] = process.argv.slice(2);
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
