#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from './cli/exit-codes.ts';
import { Interruption } from './cli/interruption.ts';
import { createProgram } from './cli/program.ts';
import { UsageError } from './cli/usage-error.ts';

// Whoever reads along has seen enough, as "head" has after ten lines. The work goes on to its end and tidies up.
process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);

main(process.argv.slice(2)).catch((error: unknown) => {
  // Whatever is still open, somebody wants it to end.
  if (error instanceof Interruption) process.exit(error.exitCode);
  process.exitCode = exitCodeOf(error);
  // Commander has told of its errors.
  if (error instanceof CommanderError) return;
  // One line a problem: a stack trace tells whoever configures a service nothing.
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message.trimEnd()}\n`);
});

async function main(args: readonly string[]): Promise<void> {
  const program = createProgram();
  const [first, topic] = args;
  const isTopic = topic === undefined || program.commands.some((command) => command.name() === topic);
  if (first === undefined) program.outputHelp();
  // Commander would show the help of the whole, and not say that it knows of no such command.
  else if (first === 'help' && !isTopic) await program.parseAsync([topic], { from: 'user' });
  else await program.parseAsync(args, { from: 'user' });
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  return error instanceof UsageError ? EXIT.wrongUse : EXIT.cannotRun;
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
