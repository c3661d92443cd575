import { createGateway, type Gateway } from '../../src/index.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, post, startSmallMode } from '../support/gateway.ts';
import { serveExpress, serveFastify, serveHono, serveNode, type Served } from './servers.ts';

let mode: Simulator;
let gateway: Gateway;
let served: Served | undefined;

beforeAll(async () => {
  mode = await startSmallMode();
});
beforeEach(() => {
  gateway = createGateway(envFor(mode), { basePath: '/data/mode' });
});
afterEach(async () => {
  await served?.close();
  await gateway.dispose();
});
afterAll(() => mode.close());

const MOUNTS: Readonly<Record<string, () => Promise<Served>>> = {
  'node:http': () => serveNode((request, response) => void gateway.handler(request, response)),
  // Takes off where it is mounted.
  'Express, mounted there': () => serveExpress((app) => app.use('/data/mode', gateway.handler)),
  'Express, mounted above': () => serveExpress((app) => app.use('/data', gateway.handler)),
  Fastify: () =>
    serveFastify((app) => {
      void app.register(
        (scope, _options, done) => {
          scope.all('/*', (request, reply) => {
            reply.hijack();
            return gateway.handler(request, reply);
          });
          done();
        },
        { prefix: '/data/mode' },
      );
    }),
  Hono: () => serveHono((app) => app.basePath('/data/mode').all('/*', (context) => gateway.fetch(context.req.raw))),
};

describe('a gateway below a path of its own', () => {
  it.each(Object.entries(MOUNTS))('answers there, and nowhere else, with %s', async (_name, mount) => {
    const { url } = (served = await mount());
    const at = (path: string, init?: RequestInit): Promise<Response> => fetch(url + path, init);
    const answer = await at('/data/mode/graphql', post('{ workspace { name } }'));
    expect(await answer.json()).toMatchObject({ data: { workspace: { name: mode.world.workspace.name } } });
    expect((await at('/data/mode/health')).status).toBe(200);
    expect(await (await at('/data/mode/ready')).json()).toEqual({ ready: true });
    expect(await (await at('/data/mode/metrics')).text()).toContain('# HELP');
    for (const path of ['/graphql', '/health', '/ready', '/data/graphql', '/data/mode/x/graphql', '/data/mode']) {
      expect([path, (await at(path, post('{ __typename }'))).status]).toEqual([path, 404]);
    }

    await gateway.stop();
    expect(await (await at('/data/mode/ready')).json()).toMatchObject({ ready: false, code: 'STOPPING' });
    expect((await at('/data/mode/health')).status).toBe(200);
    expect((await at('/data/mode/graphql', post('{ __typename }'))).status).toBe(503);
  });

  it.each(Object.entries(MOUNTS))(
    'shows an explorer that has its files, and asks there, with %s',
    async (_name, mount) => {
      served = await mount();
      const address = `${served.url}/data/mode/graphql`;
      const page = await (await fetch(address, { headers: { accept: 'text/html' } })).text();
      const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(page) ?? [];
      const at = new URL(script, address);
      expect(at.pathname).toMatch(/^\/data\/mode\/graphql\/explorer\//);
      expect((await fetch(at)).headers.get('content-type')).toMatch(/javascript/);
    },
  );

  it.each(['api', '/api/', '/', '/a b', '/a?b'])('is not made for what is no such path: %s', (basePath) => {
    expect(() => createGateway(envFor(mode), { basePath })).toThrow('basePath must begin with a slash');
  });
});
