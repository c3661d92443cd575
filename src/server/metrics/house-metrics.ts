import { Counter, Gauge, type Registry } from 'prom-client';
import type { CatalogListName } from '../../catalog/catalog-lists.ts';
import type { ListStatus } from '../../catalog/catalog-view.ts';
import type { Throttles } from '../../loading/operation.ts';
import type { Clock } from '../../throttle/clock.ts';
import type { Throttle, ThrottleState } from '../../throttle/throttle.ts';
import { PREFIX } from './names.ts';

/** What is looked at whenever somebody reads the metrics. */
export interface WatchedHouse {
  readonly throttles: Throttles;
  readonly catalog: { status(): readonly ListStatus[]; takenOver(name: CatalogListName): number };
}

/** How the throttle and the catalog stand at the moment. */
export function houseMetrics(registry: Registry, { throttles, catalog }: WatchedHouse, clock: Clock): void {
  const ofThrottle = (name: string, help: string, read: (state: ThrottleState, now: number) => number): void => {
    const gauge = new Gauge({
      name: `${PREFIX}${name}`,
      help,
      labelNames: ['budget'],
      registers: [registry],
      collect: () => {
        const now = clock.now();
        for (const [budget, throttle] of budgetsOf(throttles)) gauge.set({ budget }, read(throttle.state(), now));
      },
    });
  };
  const ofLists = (name: string, help: string, read: (list: ListStatus, now: number) => number | undefined): void => {
    const gauge = new Gauge({
      name: `${PREFIX}${name}`,
      help,
      labelNames: ['list'],
      registers: [registry],
      collect: () => {
        const now = clock.now();
        gauge.reset();
        for (const list of catalog.status()) {
          const value = read(list, now);
          if (value !== undefined) gauge.set({ list: list.name }, value);
        }
      },
    });
  };

  ofThrottle('window_limit_calls', 'Calls the tightest window holds.', ({ limit }) => limit);
  ofThrottle('window_remaining_calls', 'Calls that could start now, were nobody waiting.', (state) => state.remaining);
  ofThrottle('throttle_queued_calls', 'Calls that wait for their turn.', ({ queued }) => queued);
  ofThrottle('throttle_running_calls', 'Calls under way.', ({ running }) => running);
  ofThrottle(
    'throttle_concurrency_calls',
    'Calls that may be under way at once, just now.',
    (state) => state.concurrency,
  );
  ofThrottle('throttle_paused', '1 while nobody calls because Mode refused, else 0.', ({ pausedUntil }, now) =>
    Number(pausedUntil > now),
  );
  ofThrottle(
    'throttle_estimated_wait_seconds',
    'How long a call asked now by somebody new would wait, at least.',
    ({ estimatedWaitMs }) => estimatedWaitMs / 1_000,
  );
  ofThrottle(
    'throttle_shared',
    '1 while calls are counted together with other gateways in Redis, else 0.',
    ({ scope }) => Number(scope === 'REDIS'),
  );

  ofLists('catalog_list_age_seconds', 'How long ago the list was read; not there when it never was.', (list, now) =>
    list.asOf === null ? undefined : (now - list.asOf) / 1_000,
  );
  ofLists('catalog_list_rows', 'Rows of the list as it was last read.', ({ rows }) => rows);
  ofLists('catalog_list_reading', '1 while the list is being read, else 0.', ({ reading }) => Number(reading !== null));
  const takenOver = new Counter({
    name: `${PREFIX}catalog_lists_taken_over_total`,
    help: 'Readings of the list by another gateway that were taken over from Redis, instead of reading it once more.',
    labelNames: ['list'],
    registers: [registry],
    collect: () => {
      takenOver.reset();
      for (const { name } of catalog.status()) takenOver.inc({ list: name }, catalog.takenOver(name));
    },
  });
}

/** Where both APIs count together there is one budget, and to show it twice would count it twice. */
function budgetsOf({ rest, discovery }: Throttles): readonly (readonly [string, Throttle])[] {
  if (rest === discovery) return [['shared', rest]];
  return [
    ['rest', rest],
    ['discovery', discovery],
  ];
}
