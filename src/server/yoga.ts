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
import { schema } from '../schema/schema.ts';
import { callerOf, premisesOf } from './callers/caller-of.ts';
import type { Door } from './callers/door.ts';
import { createMaskError, type ReportError } from './mask-error.ts';
import { useDoor } from './plugins/use-door.ts';
import { useExplorer } from './plugins/use-explorer.ts';
import { useExactEndpoint } from './plugins/use-exact-endpoint.ts';
import { useReadiness } from './plugins/use-readiness.ts';
import { useSameSite } from './plugins/use-same-site.ts';
import { useTokenLimit } from './plugins/use-token-limit.ts';
import { useUpstreamReport } from './plugins/use-upstream-report.ts';
import { readWait } from './preferences.ts';
import type { Readiness } from './readiness.ts';

export const GRAPHQL_ENDPOINT = '/graphql';

export interface ServerOptions {
  readonly door: Door;
  /** Milliseconds a question may take. */
  readonly operationTimeoutMs: number;
  readonly readiness: Readiness;
  readonly limits: PageLimits;
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
    maskedErrors: { maskError: createMaskError(options.reportError) },
    // Ours: see useExplorer.
    graphiql: false,
    context: ({ request, params }) => {
      const premises = premisesOf(request);
      return {
        operation: openOperation(premises, {
          caller: callerOf(request),
          signal: request.signal,
          timeoutMs: Math.min(options.operationTimeoutMs, readWait(request.headers.get('prefer')) ?? Infinity),
          maxAgeMs: readMaxAge(request.headers.get('cache-control')),
          // A word in the text is enough: keeping layouts that nobody asked for only costs memory.
          keepLayout: params.query?.includes('layout') ?? false,
        }),
        catalog: premises.catalog,
        throttle: premises.throttles.rest,
        now: () => premises.clock.now(),
        limits: options.limits,
        webUrl: options.webUrl,
      };
    },
    plugins: [
      // Without it, resolvers below a finished field go on asking for a caller who has hung up.
      useExecutionCancellation(),
      useReadiness(options.readiness),
      ...(options.graphiql ? [useExplorer({ endpoint: GRAPHQL_ENDPOINT, headersHint: options.door.headersHint })] : []),
      // After what is open to everybody, before the keys.
      useExactEndpoint(GRAPHQL_ENDPOINT),
      useSameSite(),
      useDoor(options.door),
      useTokenLimit(),
      useUpstreamReport(),
    ],
  });
}
