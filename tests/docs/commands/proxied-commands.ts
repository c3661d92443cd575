import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { CAN_TAKE_PROXIES, forwardProxy, openingProxy } from '../../support/company-proxies.ts';
import type { ServingExecution } from './execution.ts';
import type { Place } from './place.ts';
import { answers, LISTENING, STOPPED } from './serving-commands.ts';

let tunnel: Server;
let tunnels = 0;

const authorityIn = (folder: string): string => join(folder, 'authority.pem');

async function behindOpeningProxy(place: Place): Promise<{ readonly url: string; readonly port: number }> {
  const { proxy, authority } = openingProxy(Number(new URL(place.gateway.mode.url).port));
  await writeFile(authorityIn(place.installed), authority);
  const port = await portOf(proxy, place);
  return { url: `https://127.0.0.1:${port}`, port };
}

async function portOf(server: Server, { opened }: Place): Promise<number> {
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A gateway that reaches Mode through what stands in between. */
export const THROUGH_PROXIES: readonly ServingExecution[] = [
  {
    command: 'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/our-proxy.pem npm start',
    env: async (place) => ({ MODE_BASE_URL: (await behindOpeningProxy(place)).url }),
    instead: ({ installed }) => ({ '/etc/ssl/certs/our-proxy.pem': authorityIn(installed) }),
    says: LISTENING,
    saysLast: STOPPED,
    ask: answers,
  },
  {
    command: 'NODE_USE_ENV_PROXY=1 HTTPS_PROXY=http://proxy.internal:3128 npm start',
    env: async (place) => {
      const { url, port } = await behindOpeningProxy(place);
      tunnel = forwardProxy(port);
      tunnel.on('connect', () => tunnels++);
      return { MODE_BASE_URL: url, NODE_EXTRA_CA_CERTS: authorityIn(place.installed) };
    },
    instead: async (place) => ({ 'http://proxy.internal:3128': `http://127.0.0.1:${await portOf(tunnel, place)}` }),
    says: LISTENING,
    saysLast: STOPPED,
    ask: async (url, place) => {
      await answers(url, place);
      // An older Node.js goes straight to Mode, which it can here.
      expect(tunnels > 0).toBe(CAN_TAKE_PROXIES);
    },
  },
];
