import { Gauge, Registry } from 'prom-client';
import type { CallObserver } from '../../mode/call-observer.ts';
import type { Clock } from '../../throttle/clock.ts';
import type { OnOperation } from '../operation-report.ts';
import { callMetrics } from './call-metrics.ts';
import { houseMetrics, type WatchedHouse } from './house-metrics.ts';
import { PREFIX } from './names.ts';
import { operationMetrics } from './operation-metrics.ts';
import { processMetrics } from './process-metrics.ts';

/** The numbers of one gateway, for Prometheus. */
export interface Metrics {
  readonly contentType: string;
  readonly onOperation: OnOperation;
  readonly calls: CallObserver;
  /** From then on the state of these is part of them. */
  watch(house: WatchedHouse): void;
  /** In the text format. */
  print(): Promise<string>;
  /** Names of the gateway's own metrics, those of the process left out. */
  names(): string[];
}

export function createMetrics(clock: Clock, version: string): Metrics {
  const registry = new Registry();
  const build = new Gauge({
    name: `${PREFIX}build_info`,
    help: 'Always 1; says which version runs, on which Node.js.',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  build.set({ version, node: process.version }, 1);
  return {
    contentType: registry.contentType,
    onOperation: operationMetrics(registry),
    calls: callMetrics(registry),
    watch: (house) => {
      houseMetrics(registry, house, clock);
    },
    print: async () => `${await registry.metrics()}\n${await processMetrics().metrics()}`,
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
  };
}
