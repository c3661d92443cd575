import { createServer, type AddressInfo } from 'node:net';
import { Command } from '../support/command.ts';
import { askAt, envFor, startSmallMode } from '../support/gateway.ts';

/** Where nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('a gateway that never reaches Redis answers on its share, says so, and tells nobody the password', async () => {
  const mode = await startSmallMode();
  const secret = 'marked-secret-of-redis';
  const env = {
    ...envFor(mode),
    MODE_RATE_LIMIT: '40/10s',
    LOG_LEVEL: 'trace',
    REDIS_URL: `redis://user:${secret}@127.0.0.1:${await deadPort()}`,
    GATEWAY_REPLICAS: '2',
  };
  const gateway = new Command(['serve'], { env });
  const [, url = ''] = await gateway.says(/(http:\/\/127\.0\.0\.1:\d+)\/graphql/);
  const answer = await askAt(url, '{ workspace { name } rateLimit { limit scope } }');
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toMatchObject({ workspace: { name: mode.world.workspace.name } });
  // Two calls: this one, and the check of the key at the start.
  const later = await askAt(url, '{ rateLimit { limit scope remaining } }');
  expect(later.data).toEqual({ rateLimit: { limit: 20, scope: 'STATIC_SHARE', remaining: 18 } });
  await gateway.says(/Redis/);
  gateway.signal('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(gateway.stdout + gateway.stderr).not.toContain(secret);
  expect(JSON.stringify([answer, later])).not.toContain(secret);
  await mode.close();
});
