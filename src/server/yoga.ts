/**
 * Floor 6, the server: HTTP manners. One Yoga plugin for each concern.
 *
 * It knows requests and callers. It must never know Mode's payloads, nor how an answer is found.
 */
import { createYoga, useExecutionCancellation, type YogaServerInstance } from 'graphql-yoga';
import { readMaxAge } from '../loading/freshness.ts';
import { openOperation, type Premises } from '../loading/operation.ts';
import type { PageLimits } from '../schema/connection/page-arguments.ts';
import type { GatewayContext } from '../schema/context.ts';
import { schema } from '../schema/schema.ts';
import { callerOf } from './caller-of.ts';
import { createMaskError, type ReportError } from './mask-error.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { OnOperation } from './operation-report.ts';
import { useApiKeys } from './plugins/use-api-keys.ts';
import { useErrorOrigin } from './plugins/use-error-origin.ts';
import { useExplorer } from './plugins/use-explorer.ts';
import { useExactEndpoint } from './plugins/use-exact-endpoint.ts';
import { METRICS_ENDPOINT, useMetrics } from './plugins/use-metrics.ts';
import { useOperationReports } from './plugins/use-operation-reports.ts';
import { useReadiness } from './plugins/use-readiness.ts';
import { useRequestId } from './plugins/use-request-id.ts';
import { useSameSite } from './plugins/use-same-site.ts';
import { useTokenLimit } from './plugins/use-token-limit.ts';
import { useTracing } from './plugins/use-tracing.ts';
import { useUpstreamReport } from './plugins/use-upstream-report.ts';
import { readWait } from './preferences.ts';
import type { Readiness } from './readiness.ts';
import type { Tracing } from './tracing/tracing.ts';

export const GRAPHQL_ENDPOINT = '/graphql';

/** Where questions are asked. */
const PATHS = [GRAPHQL_ENDPOINT, `${GRAPHQL_ENDPOINT}/`];

export interface ServerOptions {
  readonly premises: Premises;
  /** Milliseconds a question may take. */
  readonly operationTimeoutMs: number;
  readonly readiness: Readiness;
  readonly apiKeys: readonly string[];
  /** In the order of the keys. */
  readonly keyWeights: readonly number[];
  readonly limits: PageLimits;
  readonly webUrl: string;
  /** Whether a browser is shown GraphiQL. */
  readonly graphiql: boolean;
  readonly reportError: ReportError;
  readonly onOperation: OnOperation;
  /** Undefined: they are shown to nobody. */
  readonly metrics: Metrics | undefined;
  /** Undefined: nothing is traced. */
  readonly tracing: Tracing | undefined;
}

export type GatewayYoga = YogaServerInstance<object, GatewayContext>;

export function createGatewayYoga(options: ServerOptions): GatewayYoga {
  return createYoga<object, GatewayContext>({
    schema,
    graphqlEndpoint: GRAPHQL_ENDPOINT,
    healthCheckEndpoint: '/health',
    landingPage: false,
    // Closed: no page of another origin may ask with a caller's browser.
    cors: false,
    logging: false,
    maskedErrors: { maskError: createMaskError(options.reportError) },
    // Ours: see useExplorer.
    graphiql: false,
    context: ({ request, params }) => ({
      operation: openOperation(options.premises, {
        caller: callerOf(request),
        signal: request.signal,
        timeoutMs: Math.min(options.operationTimeoutMs, readWait(request.headers.get('prefer')) ?? Infinity),
        maxAgeMs: readMaxAge(request.headers.get('cache-control')),
        // A word in the text is enough: keeping layouts that nobody asked for only costs memory.
        keepLayout: params.query?.includes('layout') ?? false,
        trail: options.tracing?.trailOf(request),
      }),
      catalog: options.premises.catalog,
      throttle: options.premises.throttles.rest,
      now: () => options.premises.clock.now(),
      limits: options.limits,
      webUrl: options.webUrl,
    }),
    plugins: [
      useRequestId(),
      // Without it, resolvers below a finished field go on asking for a caller who has hung up.
      useExecutionCancellation(),
      useReadiness(options.readiness),
      ...(options.graphiql ? [useExplorer({ endpoint: GRAPHQL_ENDPOINT, needsKey: options.apiKeys.length > 0 })] : []),
      // After what is open to everybody, before the keys.
      useExactEndpoint([...PATHS, ...(options.metrics ? [METRICS_ENDPOINT] : [])]),
      useOperationReports({ paths: PATHS, clock: options.premises.clock, onOperation: options.onOperation }),
      useSameSite(),
      useApiKeys({ keys: options.apiKeys, weights: options.keyWeights }),
      ...(options.metrics ? [useMetrics(options.metrics)] : []),
      ...(options.tracing ? [useTracing(options.tracing, PATHS)] : []),
      useErrorOrigin(),
      useTokenLimit(),
      useUpstreamReport(options.premises),
    ],
  });
}
