import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import { runTool, SCHEMA, writeTsconfig, type Finished } from '../client-project.ts';
import { QUESTIONS } from '../questions.ts';

const APP = join(__dirname, 'app');

/** Copies the front end into a folder of its own, with what its tools read. */
export async function copyApp(folder: string): Promise<void> {
  await cp(APP, folder, { recursive: true });
  await cp(SCHEMA, join(folder, 'schema.graphql'));
  await writeTsconfig(folder);
  await mkdir(join(folder, '__generated__'), { recursive: true });
  // The questions that the other clients ask too, as Relay wants them written.
  for (const [name, path] of Object.entries(QUESTIONS)) {
    const texts = parse(await readFile(path, 'utf8')).definitions.map((each) => `  graphql\`${print(each)}\`,`);
    const lines = ["import { graphql } from 'relay-runtime';", `export const ${name} = [`, ...texts, '];'];
    await writeFile(join(folder, `${name}.ts`), lines.join('\n'));
  }
}

/** Runs Relay's compiler, which writes into `__generated__`. */
export function compileRelay(folder: string, args: readonly string[] = []): Promise<Finished> {
  return runTool('relay-compiler/cli.js', [join(folder, 'relay.config.json'), ...args], folder);
}

/** Builds the pages into `dist`, with all that React and Relay say to developers. */
export function bundle(folder: string): Promise<Finished> {
  return runTool('vite/bin/vite.js', ['build', '--mode', 'development'], folder, { NODE_ENV: 'development' });
}
