/** `npm run sbom`: writes what the package is made of (CycloneDX) to `artifacts/sbom.json`, or where its argument says. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bill } from './bill-of-materials.ts';

const file = process.argv[2] ?? 'artifacts/sbom.json';
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(bill(), undefined, 2)}\n`);
