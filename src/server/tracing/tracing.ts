import type { CallObserver, Trail } from '../../mode/call-observer.ts';
import type { Clock } from '../../throttle/clock.ts';
import type { OnOperation } from '../operation-report.ts';

export interface TracingOptions {
  /** Where traces are sent to, by OTLP over HTTP. */
  readonly url: string;
  /** Sent with them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** Struck from every span. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  /** Told when traces cannot be sent. */
  warn(message: string): void;
}

/** A span for each question, and below it one for each call to Mode. */
export interface Tracing {
  /** Begins a question's span, below that of its caller when the request says so (`traceparent`). */
  begin(request: Request): void;
  /** By what a question's calls find its span; undefined when it has none. */
  trailOf(request: Request): Trail | undefined;
  /** Ends its span. */
  readonly onOperation: OnOperation;
  readonly calls: CallObserver;
  /** Sends what has not been sent. Never throws. */
  dispose(): Promise<void>;
}

/** Loads OpenTelemetry, which nobody pays for who does not trace. */
export async function loadTracing(options: TracingOptions): Promise<Tracing> {
  const { createTracing } = await import('./create-tracing.ts');
  return createTracing(options);
}
