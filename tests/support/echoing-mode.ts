import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Mode gone wrong: it answers with a given status, and repeats what it was sent wherever there is room for it. */
export class EchoingMode {
  status = 200;
  /** What it has been sent, credentials included. */
  readonly heard: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const { authorization = '' } = request.headers;
      this.heard.push(authorization);
      request.resume();
      const echo = JSON.stringify({ url: request.url, ...request.headers, message: authorization });
      response.writeHead(this.status, {
        'content-type': 'application/json',
        'retry-after': authorization,
        'www-authenticate': authorization,
        'x-echo': authorization,
        'x-ratelimit-remaining': authorization,
        location: `/login?from=${encodeURIComponent(authorization)}`,
      });
      response.end(this.status === 200 ? echo : `<html>${echo}</html>`);
    });
  }

  static async start(): Promise<EchoingMode> {
    const mode = new EchoingMode();
    mode.#server.listen(0, '127.0.0.1');
    await once(mode.#server, 'listening');
    return mode;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
