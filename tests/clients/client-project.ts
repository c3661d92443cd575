/** A client’s project: a folder of code that was generated, checked and bundled by the tools its author would use. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');
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
  return mkdtemp(join(artifacts, 'client-'));
}

/** As a bundled web client would have it. */
const STRICT = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'preserve',
  moduleResolution: 'bundler',
  types: [],
  jsx: 'react-jsx',
  strict: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Writes a strict `tsconfig.json` for everything in the folder. */
export function writeTsconfig(folder: string, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const config = { compilerOptions: { ...STRICT, ...options }, include: ['*.ts', '*.tsx'] };
  return writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
}

/** Type-checks what the folder's `tsconfig.json` includes. */
export function typecheck(folder: string): Promise<Finished> {
  return runTool('typescript/bin/tsc', ['--project', folder]);
}

/**
 * Runs a program of the installed packages.
 *
 * @param script its file, from `node_modules` on
 */
export function runTool(
  script: string,
  args: readonly string[],
  cwd = ROOT,
  variables: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return new Promise((done, reject) => {
    // Under jest's NODE_ENV the code generator keeps its errors to itself.
    const env = { ...process.env, NODE_ENV: 'production', ...variables };
    const command = [join(ROOT, 'node_modules', script), ...args];
    const child = spawn(process.execPath, command, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => done({ code, output }));
  });
}
