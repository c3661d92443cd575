import { readConfig } from '../config/config.ts';
import type { WarmOptions } from './commands/warm.ts';
import { EXIT } from './exit-codes.ts';
import { createProgressBar } from './progress-bar.ts';
import { readEnvironment } from './read-environment.ts';
import { screenOf } from './screen.ts';
import { UsageError } from './usage-error.ts';
import { createVoice } from './voice.ts';
import { readCatalog } from './warming/read-catalog.ts';
import { complaintsOf, printSummary } from './warming/summary.ts';

const NO_DISCOVERY =
  'Discovery is off (MODE_DISCOVERY, MODE_DISCOVERY_TOKEN): there is nothing to warm. Without it a gateway keeps no catalog, and asks REST for what each question needs.';

/** `warm`: reads the catalog into CATALOG_DIR and ends: with 0 when all of it is there, else with 1. */
export async function warm({ maxAge, json, ...options }: WarmOptions, signal: AbortSignal): Promise<void> {
  const maxAgeMs = maxAge === undefined ? undefined : readDuration(maxAge);
  const config = readConfig(await readEnvironment(options));
  const { directory } = config.catalog;
  if (directory === undefined) {
    throw new Error('CATALOG_DIR is off, so there is nowhere to keep a catalog: set it to a folder');
  }
  const voice = createVoice(options);
  const screen = screenOf(process.stderr, process.env);
  const bar = createProgressBar(voice, { ...screen, canDraw: screen.canDraw && !options.quiet }, process.stderr);
  const summary = await readCatalog({ config, directory, maxAgeMs, bar, signal });
  for (const complaint of complaintsOf(summary)) voice.complain(complaint);
  if (!summary.discovery) voice.note(NO_DISCOVERY);
  if (json) process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  else if (summary.discovery) process.stdout.write(printSummary(summary, screenOf(process.stdout, process.env)));
  process.exitCode = summary.complete ? EXIT.done : EXIT.cannotRun;
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function readDuration(text: string): number {
  const [, number, unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  if (number === undefined) throw new UsageError('--max-age must be a duration such as 30s, 15m or 1d.');
  return Number(number) * (UNITS_MS[unit] ?? 1);
}
