import { collectDefaultMetrics, Registry } from 'prom-client';
import { PREFIX } from './names.ts';

/**
 * The process has one heap and one event loop, however many gateways run in it, and watching those starts
 * observers that nothing stops: they are started once, by whoever first wants to know.
 */
let registry: Registry | undefined;

export function processMetrics(): Registry {
  if (!registry) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: PREFIX });
  }
  return registry;
}
