import { CATALOG_LISTS, type CatalogListName } from '../../catalog/catalog-lists.ts';
import type { Config } from '../../config/config.ts';
import { createGateway } from '../../gateway.ts';
import { systemClock } from '../../throttle/clock.ts';
import { closeGateway } from '../close-gateway.ts';
import type { ProgressBar } from '../progress-bar.ts';
import { counted } from '../words.ts';
import { CallLog } from './call-log.ts';
import { listsAsKept } from './lists-as-kept.ts';
import { progressOf, progressText } from './progress.ts';
import { Reading } from './reading.ts';
import type { WarmSummary } from './summary.ts';

export interface ReadCatalogOptions {
  readonly config: Config;
  readonly directory: string;
  /** Lists that were read no longer ago are left alone, in milliseconds; undefined: none is. */
  readonly maxAgeMs: number | undefined;
  readonly bar: ProgressBar;
  readonly signal: AbortSignal;
}

const REDRAW_MS = 200;

/**
 * Reads all lists of the catalog, all at once, as the rate limit lets it, and keeps them. What fails, fails alone.
 * Nothing is left behind but the files, whatever happens.
 *
 * @throws the signal's reason, when it is aborted
 */
export async function readCatalog({
  config,
  directory,
  maxAgeMs,
  bar,
  signal,
}: ReadCatalogOptions): Promise<WarmSummary> {
  const clock = systemClock;
  const log = new CallLog(clock);
  const startedAt = clock.now();
  const warn = (message: string): void => {
    bar.note(`warning: ${message}`);
  };
  const gateway = createGateway(config, { clock, warn, observer: log });
  const { catalog, throttles } = gateway;
  await catalog.restore();
  const supplied = catalog.available ? CATALOG_LISTS.filter((name) => catalog.canRead(name)) : [];
  const isYoung = (name: CatalogListName): boolean =>
    maxAgeMs !== undefined && clock.now() - (catalog.peek(name)?.asOf ?? -Infinity) <= maxAgeMs;
  const readings = supplied.filter((name) => !isYoung(name)).map((name) => new Reading(name, catalog));
  const redraw = setInterval(() => {
    const progress = progressOf(readings, log.calls, config, throttles, clock.now());
    bar.update(progress.pagesRead, progress.pages, progressText(progress));
  }, REDRAW_MS);
  const read = async (reading: Reading): Promise<void> => {
    await reading.run(signal);
    if (reading.error !== undefined) return;
    bar.step(`${reading.name}: ${counted(reading.rows, 'row')} in ${counted(reading.calls, 'call')}`);
  };
  try {
    await Promise.all(readings.map(read));
  } finally {
    clearInterval(redraw);
    bar.end();
    await closeGateway(gateway, config, bar);
  }
  signal.throwIfAborted();
  const lists = await listsAsKept({ config, catalog, readings, supplied, warn });
  return {
    workspace: config.mode.workspace,
    directory,
    discovery: catalog.available,
    complete: lists.every(({ error }) => error === null),
    calls: { rest: log.count('REST'), discovery: log.count('DISCOVERY') },
    seconds: Math.round((clock.now() - startedAt) / 100) / 10,
    lists,
  };
}
