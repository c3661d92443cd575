/** An example, checked, built and served as somebody would who tries it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { bin, start, succeed, type Ended } from '../support/program.ts';

export const folderOf = (name: string): string => join(PROJECT, 'examples', name);

/** Its generated code, then its types. */
export function typecheck(name: string): Promise<Ended> {
  return start('npm', ['run', '--silent', 'typecheck'], { cwd: folderOf(name) }).ended;
}

export interface Page {
  /** Without a path. */
  readonly origin: string;
  close(): Promise<void>;
}

export interface BuiltPage {
  /** Served by Vite, which passes questions on to a gateway. */
  serve(gatewayOrigin: string, env?: Readonly<Record<string, string>>): Promise<Page>;
  remove(): Promise<void>;
}

export async function build(name: string): Promise<BuiltPage> {
  const cwd = folderOf(name);
  const outDir = await mkdtemp(join(tmpdir(), `${name}-`));
  const env = { NODE_ENV: 'production' };
  succeed(await start(bin('vite'), ['build', '--outDir', outDir, '--emptyOutDir'], { cwd, env }).ended);
  return {
    serve: (gatewayOrigin, more) => serve(cwd, ['preview', '--outDir', outDir], gatewayOrigin, more),
    remove: () => rm(outDir, { recursive: true }),
  };
}

/** Served from its sources, as while one works on it. */
export function develop(name: string, gatewayOrigin: string): Promise<Page> {
  return serve(folderOf(name), [], gatewayOrigin);
}

async function serve(
  cwd: string,
  args: readonly string[],
  gatewayOrigin: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const port = String(await freePort());
  const vite = start(bin('vite'), [...args, '--host', '127.0.0.1', '--port', port, '--strictPort'], {
    cwd,
    env: { GATEWAY_URL: gatewayOrigin, ...env },
  });
  await vite.says(/Local:/);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      vite.signal('SIGTERM');
      await vite.ended;
    },
  };
}
