import { Counter, Histogram, type Registry } from 'prom-client';
import type { CallObserver } from '../../mode/call-observer.ts';
import { PREFIX, SECONDS } from './names.ts';

/** What was asked of Mode, attempt by attempt: each of them counted at Mode's end. */
export function callMetrics(registry: Registry): CallObserver {
  const registers = [registry];
  const calls = new Counter({
    name: `${PREFIX}upstream_calls_total`,
    help: 'Calls to Mode by API, by the class of the status (429 by itself, none without an answer) and by how they ended: answered, timeout, failed or cut.',
    labelNames: ['api', 'status', 'outcome'],
    registers,
  });
  const resends = new Counter({
    name: `${PREFIX}upstream_resends_total`,
    help: 'Those of the calls that repeat one that failed or was refused.',
    labelNames: ['api'],
    registers,
  });
  const durations = new Histogram({
    name: `${PREFIX}upstream_call_duration_seconds`,
    help: 'How long a call took from the moment it was sent to the end of its answer.',
    labelNames: ['api'],
    buckets: SECONDS,
    registers,
  });
  const waits = new Histogram({
    name: `${PREFIX}throttle_wait_seconds`,
    help: 'How long a call waited for its turn before it was sent.',
    labelNames: ['api'],
    buckets: SECONDS,
    registers,
  });
  return {
    attempt({ subject: { api }, sentAt, waitedMs, resends: before }) {
      waits.observe({ api }, waitedMs / 1_000);
      if (before > 0) resends.inc({ api });
      return {
        ended: ({ endedAt, status, outcome }) => {
          calls.inc({ api, status: statusClass(status), outcome });
          durations.observe({ api }, (endedAt - sentAt) / 1_000);
        },
      };
    },
  };
}

function statusClass(status: number | undefined): string {
  if (status === undefined) return 'none';
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
