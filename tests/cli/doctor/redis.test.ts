import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { checkRedis } from '../../../src/cli/doctor/check-redis.ts';
import { describeWithRedis, RedisServer } from '../../support/redis-server.ts';

const PASSWORD = 'marked-password';

describeWithRedis('the doctor tells of Redis', () => {
  let redis: RedisServer;
  const servers: Server[] = [];

  beforeEach(async () => {
    redis = await RedisServer.start();
  });

  afterEach(async () => {
    await redis.stop();
    for (const server of servers.splice(0)) server.close();
  });

  const at = (user = ''): string => `redis://${user}127.0.0.1:${redis.port}`;
  const found = async (url: string): Promise<string[]> => {
    const findings = await checkRedis(url);
    expect(JSON.stringify(findings)).not.toContain(PASSWORD);
    for (const { level, remedy } of findings) expect(remedy === undefined).toBe(level === 'ok');
    return findings.map(({ level, message }) => `${level}: ${message}`);
  };
  const stranger = async (answer: string | undefined): Promise<string> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (answer !== undefined) socket.end(answer);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `redis://:${PASSWORD}@127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('that it does all it needs to, and leaves nothing in it', async () => {
    expect(await found(at())).toEqual([expect.stringMatching(/^ok: Redis \d+\.\d+\.\d+ answers, and runs the script/)]);
    expect(await redis.use((client) => client.keys('*'))).toEqual([]);
  });

  it('that nobody listens', async () => {
    const url = at(`:${PASSWORD}@`);
    await redis.kill();
    expect(await found(url)).toEqual([expect.stringMatching(/^problem: Nobody listens at .+ECONNREFUSED/)]);
  });

  it('that there is no such host', async () => {
    expect(await found('redis://redis.invalid:6379')).toEqual([expect.stringMatching(/^problem: .+cannot be reached/)]);
  });

  it('that it wants a password, or another one', async () => {
    await redis.use((client) => client.config('SET', 'requirepass', 'the-right-one'));
    expect(await found(at())).toEqual([expect.stringMatching(/^problem: Redis at .+ wants a password\.$/)]);
    expect(await found(at(`:${PASSWORD}@`))).toEqual([
      expect.stringMatching(/^problem: .+does not accept the user or/),
    ]);
    expect(await found(at(':the-right-one@'))).toEqual([expect.stringMatching(/^ok: /)]);
  });

  it('that the user may not run scripts', async () => {
    await redis.use((client) =>
      client.acl('SETUSER', 'weak', 'on', `>${PASSWORD}`, '~*', '+ping', '+time', '+info', '+hello'),
    );
    expect(await found(at(`weak:${PASSWORD}@`))).toEqual(['problem: Redis does not let this user run scripts.']);
  });

  it('nothing bad, where the user has the rights that docs/operations.md names', async () => {
    const page = await readFile('docs/operations.md', 'utf8');
    const [, rights = '', keys = ''] = /needs `([^`]+)` on `(~[^`]+)`/.exec(page) ?? [];
    await redis.use((client) => client.acl('SETUSER', 'gateway', 'on', `>${PASSWORD}`, keys, ...rights.split(' ')));
    expect(await found(at(`gateway:${PASSWORD}@`))).toEqual([expect.stringMatching(/^ok: Redis \d+/)]);
  });

  it('nothing bad, where the user may only not ask for the version', async () => {
    await redis.use((client) => client.acl('SETUSER', 'shy', 'on', `>${PASSWORD}`, '~*', '+@all', '-info'));
    expect(await found(at(`shy:${PASSWORD}@`))).toEqual([expect.stringMatching(/^ok: Redis answers, though/)]);
  });

  it('that it may throw the count away', async () => {
    await redis.use(async (client) => {
      await client.config('SET', 'maxmemory', '100mb');
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    });
    expect(await found(at())).toEqual([expect.stringMatching(/^warning: .+allkeys-lru/)]);
  });

  it('that it is a copy', async () => {
    await redis.use((client) => client.replicaof('127.0.0.1', String(redis.port)));
    expect(await found(at())).toEqual(['problem: This Redis is a copy that can only be read.']);
  });

  it.each([
    ['speaks HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['says nothing', undefined],
  ])('that what listens there %s', async (_what, answer) => {
    expect(await found(await stranger(answer))).toEqual([
      expect.stringMatching(/^problem: .+(does not answer as|reached)/),
    ]);
  });
});
