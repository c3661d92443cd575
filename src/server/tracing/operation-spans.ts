import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Trail } from '../../mode/call-observer.ts';
import type { Clock } from '../../throttle/clock.ts';
import type { Redact } from '../logs/redact.ts';
import type { OperationReport } from '../operation-report.ts';
import { spanTime } from './span-time.ts';
import { readTraceparent } from './traceparent.ts';

/** By what a call finds the span of the question it is made for. */
export class OperationTrail implements Trail {
  constructor(readonly span: Span) {}
}

/** The spans of questions, from the moment their callers were let in. They hold nothing of what was asked but its name. */
export class OperationSpans {
  readonly #tracer: Tracer;
  readonly #clock: Clock;
  readonly #redact: Redact;
  readonly #trails = new WeakMap<Request, OperationTrail>();

  constructor(tracer: Tracer, clock: Clock, redact: Redact) {
    this.#tracer = tracer;
    this.#clock = clock;
    this.#redact = redact;
  }

  begin(request: Request): void {
    const parent = readTraceparent(request.headers.get('traceparent'));
    const span = this.#tracer.startSpan(
      'GraphQL',
      {
        kind: SpanKind.SERVER,
        startTime: spanTime(this.#clock.now()),
        attributes: { 'http.request.method': request.method, 'http.route': '/graphql' },
      },
      parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT,
    );
    this.#trails.set(request, new OperationTrail(span));
  }

  trailOf(request: Request): OperationTrail | undefined {
    return this.#trails.get(request);
  }

  end(report: OperationReport): void {
    const span = this.trailOf(report.request)?.span;
    if (!span) return;
    const { type, name, outcome, codes } = report;
    // By the semantic conventions: the type, whose values are few. The name is an attribute.
    if (type !== undefined) span.updateName(type);
    span.setAttributes({
      'mode_graphql.request_id': this.#redact(report.requestId),
      'mode_graphql.caller': this.#redact(report.caller),
      'mode_graphql.outcome': outcome,
      ...(type !== undefined && { 'graphql.operation.type': type }),
      ...(name !== undefined && { 'graphql.operation.name': this.#redact(name) }),
      ...(report.status !== undefined && { 'http.response.status_code': report.status }),
      ...(codes.size > 0 && { 'mode_graphql.error_codes': [...codes.keys()] }),
      ...billed(report),
    });
    if (outcome === 'error' || codes.has('INTERNAL_SERVER_ERROR')) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(spanTime(this.#clock.now()));
  }
}

function billed({ bill }: OperationReport): Attributes {
  if (!bill) return {};
  return {
    'mode_graphql.calls.rest': bill.calls.rest,
    'mode_graphql.calls.discovery': bill.calls.discovery,
    'mode_graphql.waited_seconds': bill.waitedMs / 1_000,
  };
}
