/**
 * A Discovery of a synthetic workspace, in a process of its own: `node discovery-server.ts FACTOR`. `POST /changed/N` has the
 * next reading find N rows of 1,000 changed since the first one.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageOf, sizesAt, type Edition, type SyntheticList } from './synthetic-workspace.ts';

const factor = Number(process.argv[2]);
let edition: Edition = { number: 0, changedPerThousand: 0 };

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://discovery');
  const changed = /^\/changed\/(\d+)$/.exec(url.pathname)?.[1];
  const list = /^\/batch\/acme\/(\w+)$/.exec(url.pathname)?.[1];
  if (changed !== undefined) {
    edition = { number: edition.number + 1, changedPerThousand: Number(changed) };
    response.end();
  } else if (list !== undefined && Object.hasOwn(sizesAt(factor), list)) {
    response.setHeader('content-type', 'application/json');
    response.end(pageOf(list as SyntheticList, factor, Number(url.searchParams.get('page') ?? 1), edition));
  } else {
    response.statusCode = 404;
    response.end();
  }
});
// A gateway that blocks for longer than the usual five seconds would else send into a connection that is gone.
server.keepAliveTimeout = 3_600_000;
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
