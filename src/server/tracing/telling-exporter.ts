import type { SpanExporter } from '@opentelemetry/sdk-trace-node';

/** Sends as `exporter` does, and says so when that failed: the SDK would keep it to itself. */
export function tellingExporter(exporter: SpanExporter, onFailure: () => void): SpanExporter {
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        // OpenTelemetry's ExportResultCode, whose package is not ours to import: 0 is success.
        if ((result.code as number) !== 0) onFailure();
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
