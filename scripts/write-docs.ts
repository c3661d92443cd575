/** `npm run docs`: writes what is made from the sources. A test fails while it is stale. */
import { writeFile } from 'node:fs/promises';
import { printConfigurationPage, printEnvExample } from '../src/config/print-configuration.ts';

await writeFile('docs/configuration.md', printConfigurationPage());
await writeFile('.env.example', printEnvExample());
