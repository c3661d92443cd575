/** Everything that knows OpenTelemetry is reached from here, and from nowhere else. */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { createRedact } from '../logs/redact.ts';
import { LineLimit } from '../logs/line-limit.ts';
import { callSpans } from './call-spans.ts';
import { OperationSpans } from './operation-spans.ts';
import { tellingExporter } from './telling-exporter.ts';
import type { Tracing, TracingOptions } from './tracing.ts';

/** For one delivery, retries included: shutting down waits for the last. */
const DELIVERY_MS = 3_000;

export function createTracing(options: TracingOptions): Tracing {
  const { url, headers, serviceName, serviceVersion, secrets, clock, warn } = options;
  const complaints = new LineLimit({ clock, lines: 1, periodMs: 60_000 });
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: DELIVERY_MS });
  // Registered nowhere: two gateways in one process trace apart.
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': serviceName, 'service.version': serviceVersion }),
    ),
    spanProcessors: [
      new BatchSpanProcessor(
        tellingExporter(exporter, () => {
          if (complaints.pass() === undefined) return;
          warn('Traces could not be sent (OTEL_EXPORTER_OTLP_ENDPOINT); those are lost.');
        }),
      ),
    ],
  });
  const tracer = provider.getTracer('mode-graphql', serviceVersion);
  const operations = new OperationSpans(tracer, clock, createRedact(secrets));
  return {
    begin: (request) => {
      operations.begin(request);
    },
    trailOf: (request) => operations.trailOf(request),
    onOperation: (report) => {
      operations.end(report);
    },
    calls: callSpans(tracer),
    dispose: () => provider.shutdown().catch(() => undefined),
  };
}
