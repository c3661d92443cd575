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
import type { CostLimits } from '../schema/cost/check-cost.ts';
import { schema } from '../schema/schema.ts';
import { callerOf } from './caller-of.ts';
import { createMaskError, type ReportError } from './mask-error.ts';
import { DocumentCache } from './document-cache.ts';
import { useApiKeys } from './plugins/use-api-keys.ts';
import { useCostBounds } from './plugins/use-cost-bounds.ts';
import { useDocumentBounds, type DocumentLimits } from './plugins/use-document-bounds.ts';
import { useExplorer } from './plugins/use-explorer.ts';
import { useExactEndpoint } from './plugins/use-exact-endpoint.ts';
import { useQueriesOnly } from './plugins/use-queries-only.ts';
import { useReadiness } from './plugins/use-readiness.ts';
import { useRequestReader } from './plugins/use-request-reader.ts';
import { useSameSite } from './plugins/use-same-site.ts';
import { useUpstreamReport } from './plugins/use-upstream-report.ts';
import { readWait } from './preferences.ts';
import type { Readiness } from './readiness.ts';

export const GRAPHQL_ENDPOINT = '/graphql';

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
  readonly premises: Premises;
  /** Milliseconds a question may take. */
  readonly operationTimeoutMs: number;
  readonly readiness: Readiness;
  readonly apiKeys: readonly string[];
  /** In the order of the keys. */
  readonly keyWeights: readonly number[];
  readonly limits: PageLimits;
  readonly bounds: QuestionBounds;
  readonly webUrl: string;
  /** Whether a browser is shown GraphiQL. */
  readonly graphiql: boolean;
  readonly reportError: ReportError;
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
    context: ({ request, params }) => ({
      operation: openOperation(options.premises, {
        caller: callerOf(request),
        signal: request.signal,
        timeoutMs: Math.min(options.operationTimeoutMs, readWait(request.headers.get('prefer')) ?? Infinity),
        maxAgeMs: readMaxAge(request.headers.get('cache-control')),
        // A word in the text is enough: keeping layouts that nobody asked for only costs memory.
        mostCalls: options.bounds.cost.calls,
        keepLayout: params.query?.includes('layout') ?? false,
      }),
      catalog: options.premises.catalog,
      throttle: options.premises.throttles.rest,
      now: () => options.premises.clock.now(),
      limits: options.limits,
      webUrl: options.webUrl,
    }),
    plugins: [
      // Without it, resolvers below a finished field go on asking for a caller who has hung up.
      useExecutionCancellation(),
      useReadiness(options.readiness),
      ...(options.graphiql ? [useExplorer({ endpoint: GRAPHQL_ENDPOINT, needsKey: options.apiKeys.length > 0 })] : []),
      // After what is open to everybody, before the keys.
      useExactEndpoint(GRAPHQL_ENDPOINT),
      useSameSite(),
      useApiKeys({ keys: options.apiKeys, weights: options.keyWeights }),
      useRequestReader({ mostBytes: options.bounds.bodySize }),
      useDocumentBounds(options.bounds.document),
      useQueriesOnly(),
      useCostBounds(options.bounds.cost),
      useUpstreamReport(options.premises),
    ],
  });
}
