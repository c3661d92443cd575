/** The package's face: `createGateway` mounts anywhere that takes a fetch handler or a node:http one. */
export { createGateway, type Gateway, type StopOptions, type Stopped } from './mount/create-gateway.ts';
export { loadTracing, type LoadTracingOptions } from './mount/load-tracing.ts';
export { ConfigError, readConfig, type Config, type VariableName, type Variables } from './config/config.ts';

// What those mention, so that all of it can be named.
export type { GatewayOptions } from './gateway.ts';
export type { FetchHandler } from './mount/fetch-handler.ts';
export type { NodeHandler } from './mount/node-handler.ts';
export type { NodeRequest, NodeResponse } from './mount/node-request.ts';
export type { BoundConfig } from './config/bound-variables.ts';
export type { AuthConfig, CallerConfig } from './config/caller-variables.ts';
export type { CatalogConfig } from './config/catalog-variables.ts';
export type { DiscoveryCredential, ModeConfig } from './config/mode-variables.ts';
export type { RunConfig, TracingConfig } from './config/run-variables.ts';
export type { WebConfig } from './config/web-variables.ts';
export type { Bill, Note, PlannedStep } from './loading/bill.ts';
export type { Timeline, TimelineCall, TimelineWait } from './loading/timeline.ts';
export type { How, Source } from './loading/plan.ts';
export type { Attempt, AttemptEnd, AttemptOutcome, AttemptWatch, CallObserver, Trail } from './mode/call-observer.ts';
export type { UpstreamApi, UpstreamSubject } from './mode/errors/upstream-error.ts';
export type { JwtOptions } from './server/callers/jwt-door.ts';
export type { NamedKey } from './server/callers/key-door.ts';
export type { ReportError } from './server/mask-error.ts';
export type { OnOperation, OperationReport, OperationType, Outcome } from './server/operation-report.ts';
export type { ReadinessState } from './server/readiness.ts';
export type { Tracing } from './server/tracing/tracing.ts';
export type { PersistedOperations } from './server/persisted-operations/persisted-operations.ts';
export type { WebManners } from './server/yoga.ts';
export type { Clock } from './throttle/clock.ts';
export type { ErrorCode } from './throttle/coded-error.ts';
export type { RateWindow } from './throttle/rate-window.ts';
