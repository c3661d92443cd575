import { Counter, Histogram, type Registry } from 'prom-client';
import type { OnOperation } from '../operation-report.ts';
import { PREFIX, SECONDS } from './names.ts';

/** A code that nobody here has written, such as a plugin's, may be anything, and each would be a series of its own. */
const MOST_CODES = 50;
const GOOD_CODE = /^[A-Z][A-Z_]{0,60}$/;

/** What callers asked, and how it went. No text of a caller's becomes a label: not even an operation's name. */
export function operationMetrics(registry: Registry): OnOperation {
  const registers = [registry];
  const operations = new Counter({
    name: `${PREFIX}operations_total`,
    help: 'Questions by type and by how they ended: ok, partial, error, refused, aborted or explained.',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const errors = new Counter({
    name: `${PREFIX}operation_errors_total`,
    help: 'Errors in answers, by extensions.code.',
    labelNames: ['code'],
    registers,
  });
  const durations = new Histogram({
    name: `${PREFIX}operation_duration_seconds`,
    help: 'How long a question took from its arrival to its answer.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const calls = new Histogram({
    name: `${PREFIX}operation_upstream_calls`,
    help: 'Calls to Mode on the bill of one question.',
    labelNames: ['api'],
    buckets: [0, 1, 2, 5, 10, 20, 50, 100, 500],
    registers,
  });
  const seen = new Set<string>();
  const labelOf = (code: string): string => {
    if (!seen.has(code) && (seen.size === MOST_CODES || !GOOD_CODE.test(code))) return 'OTHER';
    seen.add(code);
    return code;
  };
  return ({ type = 'unknown', outcome, codes, durationMs, bill }) => {
    operations.inc({ type, outcome });
    durations.observe({ outcome }, durationMs / 1_000);
    for (const [code, times] of codes) errors.inc({ code: labelOf(code) }, times);
    // That an explanation costs nothing says nothing of what answers cost.
    if (!bill || outcome === 'explained') return;
    calls.observe({ api: 'REST' }, bill.calls.rest);
    calls.observe({ api: 'DISCOVERY' }, bill.calls.discovery);
  };
}
