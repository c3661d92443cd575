import { checkSharedCatalog } from '../../../src/cli/doctor/check-shared-catalog.ts';
import { describeWithRedis, RedisServer } from '../../support/redis-server.ts';

describeWithRedis('the doctor tells of the catalog that gateways share', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterAll(() => redis.stop());

  const found = async (isShared = true, discovery = true): Promise<string[]> =>
    (await checkSharedCatalog(redis.url, isShared, discovery)).map(({ level, message }) => `${level}: ${message}`);
  const limit = (maxmemory: string, policy: string): Promise<unknown> =>
    redis.use(async (client) => {
      await client.config('SET', 'maxmemory', maxmemory);
      await client.config('SET', 'maxmemory-policy', policy);
    });

  it('that it is, what that means, and when it is not', async () => {
    expect(await found()).toEqual([expect.stringMatching(/^ok: .*SQL and e-mail addresses/)]);
    expect(await found(false)).toEqual([expect.stringMatching(/^ok: CATALOG_SHARED is off/)]);
    expect(await found(true, false)).toEqual([]);
    expect(await checkSharedCatalog(undefined, true, true)).toEqual([]);
  });

  it('that it fits in small workspaces only, or is thrown away', async () => {
    await limit('96mb', 'noeviction');
    expect(await found()).toEqual([
      expect.stringMatching(/^warning: This Redis may hold 96 MB: .* some 60,000 reports/),
    ]);
    await limit('96mb', 'allkeys-lru');
    expect(await found()).toEqual([expect.stringMatching(/^warning: .*throws lists .*allkeys-lru/)]);
    await limit('192mb', 'noeviction');
    expect(await found()).toEqual([expect.stringMatching(/^ok: /)]);
    expect(await redis.use((client) => client.keys('*'))).toEqual([]);
  });

  it('nothing, where Redis is not there: that is said elsewhere', async () => {
    await redis.kill();
    expect(await found()).toEqual(['skipped: Redis did not answer.']);
  });
});
