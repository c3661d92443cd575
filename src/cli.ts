#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { UsageError } from './cli/usage-error.ts';

const HELP = `mode-graphql: a GraphQL gateway over Mode

Usage: mode-graphql <command>

  serve       answer GraphQL over the workspace that the environment names
  demo        the same over a simulated Mode with 4,146 reports; needs no account
  doctor      check what "serve" needs: Mode, keys, clock, Redis, files; --json
  schema      print the schema; --write puts it into schema.graphql
  simulator   only the simulated Mode, for tests of your own; --port, --seed

Exit codes: 0 done, 1 cannot run as configured, 2 wrong use; "serve" ends with 1, too,
when it had to cut questions that outlasted SHUTDOWN_TIMEOUT.
Variables that configure "serve" and "doctor": docs/configuration.md.
`;

const COMMANDS: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<void>>>> = {
  serve: async () => (await import('./cli/serve.ts')).serve,
  demo: async () => (await import('./cli/demo.ts')).demo,
  doctor: async () => (await import('./cli/doctor.ts')).doctor,
  schema: async () => (await import('./cli/schema.ts')).schema,
  simulator: async () => (await import('./cli/simulator.ts')).simulator,
};

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(HELP);
    return;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`There is no command "${name}".\n\n${HELP}`);
  if (parseHelp(args)) {
    process.stdout.write(HELP);
    return;
  }
  const command = await load();
  await command(args);
}

function parseHelp(args: readonly string[]): boolean {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  return values.help === true;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // One line a problem: a stack trace tells whoever configures a service nothing.
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message.trimEnd()}\n`);
  process.exitCode = error instanceof UsageError || isParseError(error) ? 2 : 1;
});

function isParseError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
