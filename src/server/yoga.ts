/**
 * Floor 6, the server: HTTP manners. One Yoga plugin for each concern.
 *
 * It knows requests and callers. It must never know Mode's payloads, nor how an answer is found.
 */
import { createYoga, useExecutionCancellation, type YogaServerInstance } from 'graphql-yoga';
import { readMaxAge } from '../loading/freshness.ts';
import { openOperation } from '../loading/operation.ts';
import type { PageLimits } from '../schema/connection/page-arguments.ts';
import type { GatewayContext } from '../schema/context.ts';
import type { CostLimits } from '../schema/cost/check-cost.ts';
import { schema } from '../schema/schema.ts';
import { callerOf, premisesOf } from './callers/caller-of.ts';
import type { Door } from './callers/door.ts';
import { createMaskError, type ReportError } from './mask-error.ts';
import { DocumentCache } from './document-cache.ts';
import { endpointsAt } from './endpoints.ts';
import { asksToExplain } from './explaining.ts';
import type { OnOperation } from './operation-report.ts';
import type { PersistedOperations } from './persisted-operations/persisted-operations.ts';
import { useCompiledOperations } from './plugins/use-compiled-operations.ts';
import { useCostBounds } from './plugins/use-cost-bounds.ts';
import { useDocumentBounds, type DocumentLimits } from './plugins/use-document-bounds.ts';
import { useCors } from './plugins/use-cors.ts';
import { useDoor } from './plugins/use-door.ts';
import { useErrorOrigin } from './plugins/use-error-origin.ts';
import { useExplain } from './plugins/use-explain.ts';
import { useExplorer } from './plugins/use-explorer.ts';
import { useExactEndpoint } from './plugins/use-exact-endpoint.ts';
import { useHints } from './plugins/use-hints.ts';
import { useKeptAnswers } from './plugins/use-kept-answers.ts';
import { useKnownHost } from './plugins/use-known-host.ts';
import { useMetrics, type MetricsOptions } from './plugins/use-metrics.ts';
import { useNoIntrospection } from './plugins/use-no-introspection.ts';
import { useNoSuggestions } from './plugins/use-no-suggestions.ts';
import { useOperationReports } from './plugins/use-operation-reports.ts';
import { ID_PARAMETERS, usePersistedOperations } from './plugins/use-persisted-operations.ts';
import { useQueriesOnly } from './plugins/use-queries-only.ts';
import { useReadiness } from './plugins/use-readiness.ts';
import { useRequestId } from './plugins/use-request-id.ts';
import { useSameSite } from './plugins/use-same-site.ts';
import { useSecureHeaders } from './plugins/use-secure-headers.ts';
import { useRequestReader } from './plugins/use-request-reader.ts';
import { useTracing } from './plugins/use-tracing.ts';
import { useUpstreamReport } from './plugins/use-upstream-report.ts';
import type { Clock } from '../throttle/clock.ts';
import { isAskedFor, timeAllowed } from './preferences.ts';
import type { Readiness } from './readiness.ts';
import type { Tracing } from './tracing/tracing.ts';

/** Has the bill of an answer say when each call was made. The explorer sends it; other answers stay small. */
const TIMELINE_HEADER = 'x-gateway-timeline';

/** Bytes of memory that parsed documents may take. */
const MOST_DOCUMENT_BYTES = 64 * 1_048_576;

/** How much one question may ask for. */
export interface QuestionBounds {
  /** Bytes of a request's body. */
  readonly bodySize: number;
  readonly document: DocumentLimits;
  readonly cost: CostLimits;
}

export interface ServerOptions {
  /** In front of every path, such as `/api`; '' for none. */
  readonly basePath: string;
  readonly door: Door;
  /** Milliseconds a question may take. */
  readonly operationTimeoutMs: number;
  readonly readiness: Readiness;
  readonly limits: PageLimits;
  readonly bounds: QuestionBounds;
  /** Memory for answers that are given again as long as the catalog stays the same. */
  readonly keptAnswersBytes: number;
  /** How often an operation is carried out before it is compiled; Infinity: it never is. */
  readonly compileAfter: number;
  readonly webUrl: string;
  readonly web: WebManners;
  readonly clock: Clock;
  readonly reportError: ReportError;
  readonly onOperation: OnOperation;
  /** Undefined: they are shown to nobody. */
  readonly metrics: MetricsOptions | undefined;
  /** Undefined: nothing is traced. */
  readonly tracing: Tracing | undefined;
}

/** What browsers and HTTP clients may do. */
export interface WebManners {
  /** Whether a browser is shown GraphiQL. */
  readonly graphiql: boolean;
  readonly introspection: boolean;
  /** As browsers write them in `Origin`. */
  readonly allowedOrigins: readonly string[];
  /** In lower case, without a port. */
  readonly allowedHosts: readonly string[];
  /** Operations in one request, at the most; 1: no batches. */
  readonly maxBatch: number;
  readonly persistedOperations: PersistedOperations | undefined;
  readonly persistedOperationsOnly: boolean;
}

/** What an answer says of its own making is of that one making. */
function isSpecial(request: Request): boolean {
  return asksToExplain(request) || isAskedFor(request.headers.get(TIMELINE_HEADER));
}

export type GatewayYoga = YogaServerInstance<object, GatewayContext>;

export function createGatewayYoga(options: ServerOptions): GatewayYoga {
  const { door, web, metrics } = options;
  const { headersHint } = door;
  const endpoints = endpointsAt(options.basePath);
  /** Where questions are asked. */
  const paths = [endpoints.graphql, `${endpoints.graphql}/`];
  const allowedOrigins = new Set(web.allowedOrigins);
  return createYoga<object, GatewayContext>({
    schema,
    graphqlEndpoint: endpoints.graphql,
    healthCheckEndpoint: endpoints.health,
    landingPage: false,
    // Ours: see useCors. Yoga's allows "null" to strangers, which is the origin of any page in a sandbox.
    cors: false,
    batching: web.maxBatch > 1 && { limit: web.maxBatch },
    extraParamNames: [...ID_PARAMETERS],
    logging: false,
    // Ours: see useRequestReader.
    multipart: false,
    maxRequestBodySize: false,
    parserAndValidationCache: {
      documentCache: new DocumentCache(MOST_DOCUMENT_BYTES),
      // To refuse a document once more takes less than to remember why.
      errorCache: { get: () => undefined, set: () => undefined },
    },
    maskedErrors: { maskError: createMaskError(options.reportError) },
    // Ours: see useExplorer.
    graphiql: false,
    context: ({ request, params }) => {
      const premises = premisesOf(request);
      let tellsOfThePresent = false;
      return {
        operation: openOperation(premises, {
          caller: callerOf(request),
          signal: request.signal,
          timeoutMs: timeAllowed(request.headers, options.operationTimeoutMs),
          maxAgeMs: readMaxAge(request.headers.get('cache-control')),
          mostCalls: options.bounds.cost.calls,
          // A word in the text is enough: keeping layouts that nobody asked for only costs memory.
          keepLayout: params.query?.includes('layout') ?? false,
          timeline: isAskedFor(request.headers.get(TIMELINE_HEADER)),
          trail: options.tracing?.trailOf(request),
        }),
        present: () => {
          tellsOfThePresent = true;
          return { catalog: premises.catalog, throttle: premises.throttles.rest, now: premises.clock.now() };
        },
        tellsOfThePresent: () => tellsOfThePresent,
        limits: options.limits,
        webUrl: options.webUrl,
      };
    },
    plugins: [
      useRequestId(),
      // Without it, resolvers below a finished field go on asking for a caller who has hung up.
      useExecutionCancellation(),
      useSecureHeaders(),
      useReadiness(options.readiness, endpoints.ready),
      ...(web.graphiql ? [useExplorer({ endpoint: endpoints.graphql, headersHint })] : []),
      // After what is open to everybody, before the keys.
      useExactEndpoint([...paths, ...(metrics ? [endpoints.metrics] : [])]),
      useOperationReports({ paths, clock: options.clock, onOperation: options.onOperation }),
      useCors(allowedOrigins),
      useSameSite(allowedOrigins),
      ...(headersHint === undefined ? [useKnownHost(web.allowedHosts)] : []),
      ...(metrics?.key === undefined ? [] : [useMetrics(metrics, endpoints.metrics)]),
      useDoor(door),
      ...(metrics && metrics.key === undefined ? [useMetrics(metrics, endpoints.metrics)] : []),
      ...(options.tracing ? [useTracing(options.tracing, paths)] : []),
      useErrorOrigin(),
      useRequestReader({ mostBytes: options.bounds.bodySize, parameters: ID_PARAMETERS }),
      usePersistedOperations({ operations: web.persistedOperations, only: web.persistedOperationsOnly }),
      useDocumentBounds(options.bounds.document),
      useKeptAnswers({ mostBytes: options.keptAnswersBytes, isSpecial }),
      useQueriesOnly(),
      ...(web.introspection ? [useHints(schema)] : [useNoIntrospection(), useNoSuggestions()]),
      useCompiledOperations(options.compileAfter),
      useExplain({ limits: options.bounds.cost, operationTimeoutMs: options.operationTimeoutMs }),
      useCostBounds(options.bounds.cost),
      useUpstreamReport(),
    ],
  });
}
