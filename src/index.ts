/** The package's face: `createGateway` mounts anywhere that takes a fetch handler or a node:http one. */
export { ConfigError, readConfig, type Config } from './config/config.ts';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export type { OperationReport } from './server/operation-report.ts';
export { loadTracing, type Tracing, type TracingOptions } from './server/tracing/tracing.ts';
export type { Clock } from './throttle/clock.ts';
