import { isReference } from '../../catalog/catalog-lists.ts';
import type { Config } from '../../config/config.ts';
import type { Throttles } from '../../loading/operation.ts';
import { backgroundPart } from '../../throttle/priority.ts';
import type { RateWindow } from '../../throttle/rate-window.ts';
import type { Throttle } from '../../throttle/throttle.ts';
import { ageInWords, counted, grouped } from '../words.ts';
import type { SeenCall } from './call-log.ts';
import type { Reading } from './reading.ts';
import { timeLeftMs } from './time-left.ts';

/** How far it has come with all lists. */
export interface Progress {
  readonly pagesRead: number;
  readonly pages: number;
  readonly rows: number;
  readonly calls: number;
  readonly leftMs: number;
}

/** What reads with one limit. */
interface Part {
  readonly readings: readonly Reading[];
  readonly calls: readonly SeenCall[];
  readonly throttle: Throttle;
  readonly windows: readonly RateWindow[];
}

/** How long a call is taken to take before the first has come back, in milliseconds. */
const FIRST_GUESS_MS = 300;

export function progressOf(
  readings: readonly Reading[],
  calls: readonly SeenCall[],
  { mode }: Config,
  throttles: Throttles,
  now: number,
): Progress {
  const rest = { throttle: throttles.rest, windows: mode.rateWindows };
  const parts: Part[] = mode.discoveryRateWindows
    ? [
        {
          ...rest,
          readings: readings.filter(({ name }) => isReference(name)),
          calls: calls.filter(({ api }) => api === 'REST'),
        },
        {
          readings: readings.filter(({ name }) => !isReference(name)),
          calls: calls.filter(({ api }) => api === 'DISCOVERY'),
          throttle: throttles.discovery,
          windows: mode.discoveryRateWindows,
        },
      ]
    : [{ ...rest, readings, calls }];
  return {
    pagesRead: sum(readings.map(({ pagesRead }) => pagesRead)),
    pages: sum(readings.map(({ pages }) => pages)),
    rows: sum(readings.map(({ rows }) => rows)),
    calls: calls.length,
    leftMs: Math.max(...parts.map((part) => leftOf(part, now))),
  };
}

function leftOf({ readings, calls, throttle, windows }: Part, now: number): number {
  const took = calls.flatMap(({ sentAt, endedAt }) => (endedAt === undefined ? [] : [endedAt - sentAt]));
  const running = calls.length - took.length;
  const unread = sum(readings.map(({ pages, pagesRead }) => pages - pagesRead));
  const { pausedUntil, concurrency } = throttle.state();
  return timeLeftMs({
    unsent: Math.max(0, unread - running),
    running,
    sentAt: calls.map(({ sentAt }) => sentAt),
    // Ours go last, and leave a part of each window to people who ask meanwhile.
    windows: windows.map(({ limit, lengthMs }) => ({ limit: backgroundPart(limit), lengthMs })),
    pausedUntil,
    concurrency: backgroundPart(concurrency),
    callMs: took.length === 0 ? FIRST_GUESS_MS : sum(took) / took.length,
    now,
  });
}

/** What stands beside the bar. */
export function progressText({ pagesRead, pages, rows, calls, leftMs }: Progress): string {
  const left = leftMs > 0 ? `, about ${ageInWords(leftMs)} left` : '';
  return `${grouped(pagesRead)} of ${counted(pages, 'page')}, ${counted(rows, 'row')}, ${counted(calls, 'call')}${left}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
