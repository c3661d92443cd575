import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { readRequestId, REQUEST_ID_HEADER } from './request-id.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Milliseconds that running requests get to finish once `stop` was called. */
  readonly drainMs: number;
}

export interface RunningServer {
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** Takes no more requests, lets running ones finish, cuts those that outlast the drain. */
  stop(): Promise<void>;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** @throws the listen error, such as EADDRINUSE */
export async function listen(handler: RequestHandler, options: ListenOptions): Promise<RunningServer> {
  let draining = false;
  /** Open connections, and how many requests are under way on each. */
  const connections = new Map<Socket, number>();
  const server = createServer((request, response) => {
    const { socket } = request;
    const header = request.headers[REQUEST_ID_HEADER];
    const id = readRequestId(Array.isArray(header) ? undefined : header);
    // The handler takes the same one up, and whatever is answered without it bears it too.
    request.headers[REQUEST_ID_HEADER] = id;
    response.setHeader(REQUEST_ID_HEADER, id);
    connections.set(socket, (connections.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (connections.get(socket) ?? 1) - 1;
      if (connections.has(socket)) connections.set(socket, left);
      // The caller would keep it open for its next question, and the drain would wait for that.
      if (draining && left === 0) socket.destroySoon();
    });
    if (draining) {
      response.writeHead(503, { connection: 'close', 'retry-after': '1' }).end();
      return;
    }
    if (!isAddressed(request)) {
      response.writeHead(400, { connection: 'close' }).end();
      return;
    }
    if (request.url === '/') {
      response.writeHead(302, { location: '/graphql' }).end();
      return;
    }
    handler(request, response);
  });
  server.on('connection', (socket: Socket) => {
    connections.set(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    url: addressOf(server, options.host),
    stop: () => {
      draining = true;
      return new Promise((resolve) => {
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, options.drainMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        // Also those that have not asked anything yet, which Node does not take for idle.
        for (const [socket, requests] of connections) if (requests === 0) socket.destroy();
      });
    },
  };
}

/** Whether there is an address in it. The handler would stumble over it otherwise, and answer with its stack. */
function isAddressed({ headers, url = '/' }: IncomingMessage): boolean {
  return URL.canParse(`http://${headers.host ?? 'localhost'}${url}`);
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
