import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../../..');
export const OPERATIONS = join(__dirname, 'operations.graphql');
export const SCHEMA = join(ROOT, 'schema.graphql');

export interface Finished {
  readonly code: number | null;
  /** What it said on either stream. */
  readonly output: string;
}

/** A new folder inside the project, where generated code finds the project's packages, and no linter looks. */
export async function makeFolder(): Promise<string> {
  const artifacts = join(ROOT, 'artifacts');
  await mkdir(artifacts, { recursive: true });
  return mkdtemp(join(artifacts, 'codegen-'));
}

/** Runs graphql-codegen with the client preset, as a client’s project would. */
export async function generate(
  folder: string,
  documents: string,
  presetConfig: Readonly<Record<string, unknown>> = {},
): Promise<Finished> {
  const config = join(folder, 'codegen.json');
  await writeFile(
    config,
    JSON.stringify({
      schema: SCHEMA,
      documents: [documents],
      generates: {
        // A folder of its own: documents inside it are not read.
        [`${folder}/generated/`]: {
          preset: 'client',
          presetConfig: { fragmentMasking: false, ...presetConfig },
          // Strict: a scalar that nobody has mapped is an error.
          config: { useTypeImports: true, strictScalars: true, scalars: { DateTime: 'string', JSON: 'unknown' } },
        },
      },
    }),
  );
  return run(join(ROOT, 'node_modules/@graphql-codegen/cli/cjs/bin.js'), ['--config', config]);
}

/** Type-checks everything in the folder, strictly, as a bundled web client would. */
export async function typecheck(folder: string): Promise<Finished> {
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        lib: ['es2023', 'dom'],
        module: 'preserve',
        moduleResolution: 'bundler',
        types: [],
        strict: true,
        noUncheckedIndexedAccess: true,
        noUnusedLocals: true,
        verbatimModuleSyntax: true,
        isolatedModules: true,
        skipLibCheck: true,
        noEmit: true,
      },
      include: ['*.ts'],
    }),
  );
  return run(join(ROOT, 'node_modules/typescript/bin/tsc'), ['--project', folder]);
}

function run(script: string, args: readonly string[]): Promise<Finished> {
  return new Promise((done, reject) => {
    // Under jest's NODE_ENV the generator keeps its errors to itself.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => done({ code, output }));
  });
}
