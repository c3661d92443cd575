import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Door, type DoorOptions, type Stopped } from './door.ts';

export interface ListenOptions extends DoorOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
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
  const server = createServer((request, response) => {
    if (!door.admits(request, response)) return;
    if (request.url === '/') {
      response.writeHead(302, { location: '/graphql' }).end();
      return;
    }
    handler(request, response);
  });
  const door = new Door(server, options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { url: addressOf(server, options.host), stop: () => door.stop() };
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
