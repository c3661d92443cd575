import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool, SCHEMA, type Finished } from '../client-project.ts';

/** Runs graphql-codegen with the client preset, as a client’s project would. */
export async function generate(
  folder: string,
  documents: string,
  presetConfig: Readonly<Record<string, unknown>> = {},
  config: Readonly<Record<string, unknown>> = {},
): Promise<Finished> {
  const path = join(folder, 'codegen.json');
  await writeFile(
    path,
    JSON.stringify({
      schema: SCHEMA,
      documents: [documents],
      generates: {
        // A folder of its own: documents inside it are not read.
        [`${folder}/generated/`]: {
          preset: 'client',
          presetConfig: { fragmentMasking: false, ...presetConfig },
          // Strict: a scalar that nobody has mapped is an error.
          config: {
            useTypeImports: true,
            strictScalars: true,
            scalars: { DateTime: 'string', JSON: 'unknown' },
            ...config,
          },
        },
      },
    }),
  );
  return runTool('@graphql-codegen/cli/cjs/bin.js', ['--config', path]);
}
