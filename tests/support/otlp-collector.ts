import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = string | number | boolean | readonly string[];

/** A span as it came over the wire. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty: it has none. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 2: a question asked of us; 3: a call of ours. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, Value>>;
  readonly links: readonly string[];
  /** Seconds it took. */
  readonly seconds: number;
  readonly isError: boolean;
}

interface WireValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly WireValue[] };
}

interface WireAttribute {
  readonly key: string;
  readonly value: WireValue;
}

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly WireAttribute[];
  readonly links?: readonly { readonly spanId: string }[];
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
}

interface WireTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

/** An OpenTelemetry collector on a socket, which keeps what it is sent. */
export class Collector {
  readonly deliveries: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  /** What it answers. */
  status = 200;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (data: Buffer) => (body += data.toString('utf8')));
      request.on('end', () => {
        this.deliveries.push({ path: request.url ?? '', headers: request.headers, body });
        response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  static async start(): Promise<Collector> {
    const collector = new Collector();
    collector.#server.listen(0, '127.0.0.1');
    await once(collector.#server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get resources(): Readonly<Record<string, Value>>[] {
    return this.#traces().map(({ resource }) => attributesOf(resource.attributes));
  }

  get spans(): CollectedSpan[] {
    return this.#traces().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(collected)));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #traces(): WireTraces['resourceSpans'] {
    return this.deliveries.flatMap(({ body }) => (JSON.parse(body) as WireTraces).resourceSpans);
  }
}

function collected(span: WireSpan): CollectedSpan {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    kind: span.kind,
    attributes: attributesOf(span.attributes),
    links: (span.links ?? []).map(({ spanId }) => spanId),
    seconds: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e9,
    isError: span.status.code === 2,
  };
}

function attributesOf(attributes: readonly WireAttribute[]): Record<string, Value> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
}

function plain({ stringValue, intValue, doubleValue, boolValue, arrayValue }: WireValue): Value {
  if (arrayValue) return arrayValue.values.map((each) => String(plain(each)));
  if (intValue !== undefined) return Number(intValue);
  return stringValue ?? doubleValue ?? boolValue ?? '';
}
