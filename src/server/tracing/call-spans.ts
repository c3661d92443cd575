import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Tracer } from '@opentelemetry/api';
import type { Attempt, AttemptEnd, CallObserver } from '../../mode/call-observer.ts';
import { OperationTrail } from './operation-spans.ts';
import { spanTime } from './span-time.ts';
import { writeTraceparent } from './traceparent.ts';

/**
 * A span for each call to Mode, below the question on whose bill it is; Mode is sent its id. Other questions that
 * waited for it too are linked with it, both ways. What nobody in particular asked for is a trace of its own.
 */
export function callSpans(tracer: Tracer): CallObserver {
  return {
    attempt(attempt) {
      const [payer, ...others] = trailsOf(attempt);
      const span = tracer.startSpan(
        `${attempt.method} ${attempt.subject.endpoint}`,
        { kind: SpanKind.CLIENT, startTime: spanTime(attempt.sentAt), attributes: sent(attempt) },
        payer ? trace.setSpan(ROOT_CONTEXT, payer.span) : ROOT_CONTEXT,
      );
      return {
        headers: { traceparent: writeTraceparent(span.spanContext()) },
        ended: (end) => {
          // Those too who came while it was under way, and those who have left since.
          for (const other of new Set([...others, ...trailsOf(attempt)])) {
            if (other === payer) continue;
            span.addLink({ context: other.span.spanContext() });
            other.span.addLink({ context: span.spanContext() });
          }
          span.setAttributes(answered(end));
          if (errorType(end) !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end(spanTime(end.endedAt));
        },
      };
    },
  };
}

function trailsOf(attempt: Attempt): OperationTrail[] {
  return attempt.trails().filter((trail) => trail instanceof OperationTrail);
}

/** The endpoint with its placeholders, never the URL: that holds tokens. */
function sent({ subject, method, host, waitedMs, resends }: Attempt): Attributes {
  const { hostname, port } = new URL(`http://${host}`);
  return {
    'http.request.method': method,
    'server.address': hostname,
    ...(port !== '' && { 'server.port': Number(port) }),
    'url.template': subject.endpoint,
    'mode_graphql.api': subject.api,
    'mode_graphql.throttle.waited_seconds': waitedMs / 1_000,
    ...(resends > 0 && { 'http.request.resend_count': resends }),
  };
}

function answered(end: AttemptEnd): Attributes {
  const error = errorType(end);
  return {
    ...(end.status !== undefined && { 'http.response.status_code': end.status }),
    ...(error !== undefined && { 'error.type': error }),
  };
}

function errorType({ status, outcome }: AttemptEnd): string | undefined {
  if (outcome !== 'answered') return outcome;
  return status !== undefined && status >= 400 ? String(status) : undefined;
}
