import type { Clock } from '../../throttle/clock.ts';
import type { Logger } from '../logger.ts';
import type { OnOperation } from '../operation-report.ts';
import { LineLimit } from './line-limit.ts';
import { levelOf, operationLine } from './operation-line.ts';

/** Whoever asks without a key can make as many refusals as they like. */
const MOST_REFUSALS = 20;
const PERIOD_MS = 10_000;

/** One line for each question. Of refusals at most 20 in 10 seconds: the next line says how many had none. */
export function logOperations(logger: Logger, clock: Clock): OnOperation {
  const refusals = new LineLimit({ clock, lines: MOST_REFUSALS, periodMs: PERIOD_MS });
  return (report) => {
    const isRefused = report.outcome === 'refused';
    const heldBack = isRefused ? refusals.pass() : 0;
    if (heldBack === undefined) return;
    const line = operationLine(report);
    logger[levelOf(report)](heldBack > 0 ? { ...line, refusedWithoutLine: heldBack } : line, 'operation');
  };
}
