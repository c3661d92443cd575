import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultKind, Simulator } from '../../src/simulator/index.ts';
import { CAN_TAKE_PROXIES, forwardProxy, openingProxy } from '../support/company-proxies.ts';
import { envFor, startSmallMode, type Env } from '../support/gateway.ts';
import { some } from '../support/world-order.ts';
import { checkSection } from './check-section.ts';
import { doctorSays, gatewaySays, type Started } from './said.ts';

let mode: Simulator;
const servers: Server[] = [];

beforeAll(async () => {
  mode = await startSmallMode();
});

beforeEach(() => mode.faults.clear());

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

afterAll(() => mode.close());

const good = (): Env => ({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s' });
const ready = ({ get }: Started): Promise<string> => get('/ready');

/** What the gateway says, its /ready and the doctor. */
async function all(env: Env): Promise<string> {
  return (await Promise.all([gatewaySays(env, ready), doctorSays(env)])).join('\n');
}

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function deadPort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

const portOfMode = (): number => Number(new URL(mode.url).port);

/** Its address, and its authority's file in `folder`. */
async function behindOpeningProxy(folder: string): Promise<Env> {
  const { proxy, authority } = openingProxy(portOfMode());
  const port = await portOf(proxy);
  const file = join(folder, 'authority.pem');
  await writeFile(file, authority);
  return { MODE_BASE_URL: `https://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: file };
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'troubles-'));
  return use(folder).finally(() => rm(folder, { recursive: true, force: true }));
}

/** Nobody but a proxy knows the way. */
const HIDDEN: Env = { MODE_BASE_URL: 'http://mode.invalid' };

async function withPage(kind: FaultKind): Promise<string> {
  mode.faults.inject({ match: '/verify', kind });
  return all(good());
}

checkSection('It does not reach Mode', {
  'started it without a network, or with a wrong name in `MODE_BASE_URL`': () => all({ ...good(), ...HIDDEN }),

  'named a port on which nobody listens': async () =>
    all({ ...good(), MODE_BASE_URL: `http://127.0.0.1:${await deadPort()}` }),

  'work behind a proxy that opens the encryption': () =>
    withFolder(async (folder) => all({ ...good(), ...(await behindOpeningProxy(folder)), NODE_EXTRA_CA_CERTS: '' })),

  'work where the web is reached through a proxy only': async () =>
    all({ ...good(), ...HIDDEN, HTTP_PROXY: `http://127.0.0.1:${await portOf(forwardProxy(portOfMode()))}` }),

  'wrote `https:` where `http:` is spoken': () =>
    all({ ...good(), MODE_BASE_URL: mode.url.replace('http:', 'https:') }),

  'work behind a firewall that swallows what is sent': () => {
    mode.faults.inject({ match: '/verify', kind: 'slow', delayMs: 600_000 });
    return all({ ...good(), MODE_TIMEOUT: '1s' });
  },

  'get a login page instead of Mode': () => withPage('html200'),

  'are sent on to a login page': async () => {
    const login = createServer((_asked, answer) => answer.writeHead(302, { location: 'https://login.example/' }).end());
    return all({ ...good(), MODE_BASE_URL: `http://127.0.0.1:${await portOf(login)}` });
  },

  'are refused by a proxy with a page (403)': () => withPage('html403'),

  'get a page that says 502': () => withPage('html502'),

  'had it running when a proxy began to show pages': () =>
    gatewaySays(good(), async ({ ask }) => {
      mode.faults.inject({ match: '/reports/', kind: 'html403' });
      const answer = await ask(`{ workspace { name } report(token: "${some(mode.world.reports).token}") { name } }`);
      expect(answer).toContain(`"workspace":{"name":"${mode.world.workspace.name}"}`);
      return answer;
    }),
});

describe('what the page says to do', () => {
  it('lets a gateway through a proxy that opens the encryption, once its authority is named', async () => {
    await withFolder(async (folder) => {
      const env = { ...good(), ...(await behindOpeningProxy(folder)) };
      expect(await gatewaySays(env, ready)).toContain('200 {"ready":true}');
    });
  });

  // Not skipped where it cannot be: nothing that this machine lacks would make it run there.
  const itIfItCan: (name: string, test: () => Promise<void>) => void = CAN_TAKE_PROXIES ? it : () => undefined;

  itIfItCan(
    'lets a gateway out through a proxy, on a Node.js that can (this one cannot when this is skipped)',
    async () => {
      const proxy = `http://127.0.0.1:${await portOf(forwardProxy(portOfMode()))}`;
      const env = { ...good(), ...HIDDEN, HTTP_PROXY: proxy, NODE_USE_ENV_PROXY: '1' };
      expect(await gatewaySays(env, ready)).toContain('200 {"ready":true}');
    },
  );
});
