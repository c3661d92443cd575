import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';
import { take } from './answers.ts';
import { namedOperation } from './named-operation.ts';

/** Asks the gateway for a time line on the bill of the answer. */
const TIMELINE = { 'x-gateway-timeline': 'true' };
/** Asks what the question would cost, instead of an answer. */
const EXPLAIN = { 'x-gateway-explain': 'true', ...TIMELINE };

const INTROSPECTION = 'IntrospectionQuery';

let isExplaining = false;

/** Has whatever is asked while `run` runs explained instead of answered. */
export function explaining(run: () => void): void {
  isExplaining = true;
  try {
    run();
  } finally {
    isExplaining = false;
  }
}

/**
 * Asks at the page's own address. What it returns can be unsubscribed from, which hangs up: the gateway then makes no
 * more calls for it. GraphiQL's own fetcher cannot be stopped.
 *
 * @param onRefused told when the schema may not be read for want of a key, and then, when an answer comes, that it may
 */
export function createFetcher(url: string, schema: { onRefused(): void; onAdmitted(): void }): Fetcher {
  return (params, options) => {
    const isSchema = params.operationName === INTROSPECTION;
    const isExplained = isExplaining && !isSchema;
    const extra = isSchema ? {} : isExplained ? EXPLAIN : TIMELINE;
    const name = namedOperation(params.query, params.operationName ?? undefined);
    const question = { ...params, operationName: name ?? null };
    return {
      subscribe(observer: unknown) {
        const { next, complete } = observer as Required<Observer>;
        const hangUp = new AbortController();
        const headers = { ...extra, ...options?.headers } as Record<string, string>;
        void ask(url, question, headers, hangUp.signal).then((reply) => {
          if (hangUp.signal.aborted) return;
          if (!isSchema) take({ ...reply, name, isExplained });
          next(withoutTimeline(reply.body));
          complete();
          if (isSchema && reply.status === 401) schema.onRefused();
          else if (!isSchema && reply.status === 200) schema.onAdmitted();
        });
        return { unsubscribe: () => hangUp.abort() };
      },
    };
  };
}

/** What is shown is the answer as anybody gets it: the time line was asked for by the page, which draws it. */
function withoutTimeline(body: ExecutionResult): ExecutionResult {
  const upstream = body.extensions?.upstream;
  if (typeof upstream !== 'object' || upstream === null || !('timeline' in upstream)) return body;
  const { timeline: _, ...rest } = upstream;
  return { ...body, extensions: { ...body.extensions, upstream: rest } };
}

interface Observer {
  next(value: ExecutionResult): void;
  complete(): void;
}

interface Reply {
  readonly status: number | undefined;
  readonly askedAt: number;
  readonly at: number;
  readonly gatewayTime: number | undefined;
  readonly body: ExecutionResult;
}

/** Never rejects: what went wrong on the way is shown as an answer that says so. */
async function ask(
  url: string,
  params: FetcherParams,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Reply> {
  const askedAt = Date.now();
  const failed = (message: string, status?: number): Reply => ({
    status,
    askedAt,
    at: Date.now(),
    gatewayTime: undefined,
    body: { errors: [{ message }] } as unknown as ExecutionResult,
  });
  try {
    const all = new Headers({
      accept: 'application/json',
      'content-type': 'application/json',
      // Any age will do. Said aloud, for browsers whose developer tools keep the cache off say "no-cache" else, and
      // then nothing that the gateway holds would be good enough.
      'cache-control': 'max-stale',
    });
    // What a user enters takes the place of ours, however it is written.
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(params), signal });
    const text = await response.text();
    const date = Date.parse(response.headers.get('date') ?? '');
    try {
      return {
        status: response.status,
        askedAt,
        at: Date.now(),
        gatewayTime: Number.isNaN(date) ? undefined : date,
        body: JSON.parse(text) as ExecutionResult,
      };
    } catch {
      return failed(`What answered is not the gateway (HTTP status ${response.status}): ${text.slice(0, 300)}`);
    }
  } catch (error) {
    return failed(`The question could not be sent: ${error instanceof Error ? error.message : String(error)}`);
  }
}
