import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  /** Without a path. */
  readonly origin: string;
  stop(): void;
}

/** Passes on `/tools/graphql` and what is below it, and nothing else, without the first of these words. */
export async function startProxyBelowAPath(target: string): Promise<Proxy> {
  const proxy = createServer((incoming, outgoing) => {
    const path = /^\/tools(\/graphql(?:[/?].*)?)$/.exec(incoming.url ?? '')?.[1];
    if (path === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    const { method, headers } = incoming;
    const passedOn = request(target + path, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, stop: () => void proxy.close() };
}
