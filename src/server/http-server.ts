import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isAddressed, UNADDRESSED } from './addressed.ts';
import { answerBrokenRequests, arrivalLimits } from './broken-requests.ts';
import { Draining, type DrainingOptions, type Stopped } from './draining.ts';
import { refusalBody } from './refusal.ts';
import { readRequestId, REQUEST_ID_HEADER } from './request-id.ts';

export interface ListenOptions extends DrainingOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Milliseconds for a request to arrive, from its first byte to its last. @default 30 s */
  readonly requestTimeoutMs?: number;
}

export interface RunningServer {
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** Takes no more questions, lets running ones finish, cuts those that outlast the drain. */
  stop(): Promise<Stopped>;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** @throws the listen error, such as EADDRINUSE */
export async function listen(handler: RequestHandler, options: ListenOptions): Promise<RunningServer> {
  const server = createServer(arrivalLimits(options.requestTimeoutMs), (request, response) => {
    const header = request.headers[REQUEST_ID_HEADER];
    const id = readRequestId(Array.isArray(header) ? undefined : header);
    // The handler takes the same one up, and whatever is answered without it bears it too.
    request.headers[REQUEST_ID_HEADER] = id;
    response.setHeader(REQUEST_ID_HEADER, id);
    if (!draining.admits(request, response)) return;
    if (!isAddressed(request)) {
      response
        .writeHead(UNADDRESSED.status, { connection: 'close', 'content-type': 'application/json; charset=utf-8' })
        .end(refusalBody(UNADDRESSED));
      return;
    }
    // A question that is sent here by mistake is told where to; following a redirect it would become a GET.
    if (request.url === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
      response.writeHead(302, { location: '/graphql' }).end();
      return;
    }
    handler(request, response);
  });
  answerBrokenRequests(server);
  const draining = new Draining(server, options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { url: addressOf(server, options.host), stop: () => draining.stop() };
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
