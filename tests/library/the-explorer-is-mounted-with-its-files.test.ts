import { createGateway, type Gateway } from '../../src/index.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { needBuiltExplorer } from '../support/built-explorer.ts';
import { envFor, post, startSmallMode } from '../support/gateway.ts';
import { serveExpress, serveFastify, serveHono, serveNode, type Served } from './servers.ts';

let mode: Simulator;
let gateway: Gateway;
let served: Served | undefined;

beforeAll(async () => {
  needBuiltExplorer();
  mode = await startSmallMode();
  gateway = createGateway(envFor(mode));
});
afterEach(() => served?.close());
afterAll(async () => {
  await gateway.dispose();
  await mode.close();
});

/** As docs/library.md says. */
const MOUNTS: Readonly<Record<string, () => Promise<Served>>> = {
  'node:http': () => serveNode((request, response) => void gateway.handler(request, response)),
  Express: () => serveExpress((app) => app.use('/graphql', gateway.handler)),
  Fastify: () =>
    serveFastify((app) => {
      for (const path of ['/graphql', '/graphql/*']) {
        app.all(path, (request, reply) => {
          reply.hijack();
          return gateway.handler(request, reply);
        });
      }
    }),
  Hono: () => serveHono((app) => app.all('/graphql/*', (context) => gateway.fetch(context.req.raw))),
};

describe('the explorer of a gateway that is mounted at /graphql', () => {
  it.each(Object.entries(MOUNTS))('comes with its script, with %s', async (_name, mount) => {
    served = await mount();
    const address = `${served.url}/graphql`;
    const answer = await fetch(address, post('{ __typename }'));
    expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } });
    const page = await (await fetch(address, { headers: { accept: 'text/html' } })).text();
    const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(page) ?? [];
    const loaded = await fetch(new URL(script, address));
    expect([loaded.status, loaded.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect((await loaded.text()).length).toBeGreaterThan(100_000);
  });
});
