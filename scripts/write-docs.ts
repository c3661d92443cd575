/** `npm run docs`: writes what is made from the sources. A test fails while it is stale. */
import { readFile, writeFile } from 'node:fs/promises';
import { printCommandPage } from '../src/cli/print-command-page.ts';
import { printConfigurationPage, printEnvExample } from '../src/config/print-configuration.ts';
import { keptFigures } from '../bench/kept-figures.ts';
import { printPerformancePage } from '../bench/print-performance-page.ts';
import { embedExamples } from './embed-examples.ts';

await writeFile('docs/configuration.md', printConfigurationPage());
await writeFile('docs/command-line.md', printCommandPage());
await writeFile('docs/performance.md', printPerformancePage(await keptFigures()));
await writeFile('.env.example', printEnvExample());
await writeFile('docs/library.md', embedExamples(await readFile('docs/library.md', 'utf8')));
