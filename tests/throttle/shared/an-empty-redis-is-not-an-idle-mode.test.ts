import type { Message } from '../../../src/throttle/shared/contact.ts';
import { RedisConnection } from '../../../src/throttle/shared/redis-connection.ts';
import { messageOf, newcomer, type Known } from '../../support/contacts.ts';
import { pause } from '../../support/replicas.ts';
import { RedisServer, describeWithRedis } from '../../support/redis-server.ts';

const LONG: Partial<Message> = { windows: [[40, 30, 10_000]], lease: 2_000, transit: 1_000, persons: 40 };

describeWithRedis('an empty Redis', () => {
  let redis: RedisServer;
  let connection: RedisConnection;
  beforeAll(async () => {
    redis = await RedisServer.start();
    connection = new RedisConnection({ url: redis.url, key: 'empty', timeoutMs: 5_000 });
    await connection.time();
  });
  beforeEach(() => redis.use((client) => client.flushall()));
  afterAll(async () => {
    await connection.close();
    await redis.stop();
  });

  const old: Known = { id: 'old', shares: 3, epoch: 'before', version: 7 };

  it('grants nothing for a window, a lease and the way to Mode, when it is known to have had a history', async () => {
    const known: Message['known'] = [
      ['elsewhere', 3],
      ['newcomer', 0],
    ];
    const reply = await connection.contact(messageOf(old, { ...LONG, known }));
    expect(reply.granted).toEqual([]);
    expect(reply.quarantineMs).toBe(13_000);
    // Whoever was known is taken to be cut off, and to go by its part.
    expect(reply.known).toEqual([['elsewhere', 3]]);
    expect(reply.reserved).toBe(13);
    // Its own part stays what it was, though not all may have come back yet.
    expect(reply.ack).toBe(3);
  });

  it('grants nothing for a moment, when only newcomers have seen it', async () => {
    const first = await connection.contact(messageOf(newcomer('new'), { ...LONG, grace: 50 }));
    expect(first).toMatchObject({ granted: [], ack: 0, quarantineMs: 50 });
    await pause(60);
    const second = await connection.contact(messageOf(newcomer('new'), { ...LONG, grace: 50 }));
    expect(second.granted).toHaveLength(40);
  });

  it('closes for a whole window if one who knew it appears after that', async () => {
    await connection.contact(messageOf(newcomer('new'), LONG));
    const reply = await connection.contact(messageOf(old, LONG));
    expect(reply.quarantineMs).toBeGreaterThan(12_000);
    const { granted } = await connection.contact(messageOf(newcomer('new'), LONG));
    expect(granted).toEqual([]);
  });

  it('takes in what one calls its own, each call once', async () => {
    const calls: Partial<Message> = {
      ...LONG,
      live: [
        ['a', 9_000],
        ['b', 100],
        ['c', -50],
      ],
    };
    await connection.contact(messageOf(newcomer('new'), { ...calls, persons: 0 }));
    const { ages, granted } = await connection.contact(messageOf(newcomer('new'), calls));
    expect(granted).toHaveLength(37);
    expect(ages.filter((age) => age > -1_000)).toHaveLength(3);
  });
});

describeWithRedis('a Redis that nobody could reach for a while', () => {
  it('takes all for cut off until they are heard, and none for gone', async () => {
    const redis = await RedisServer.start();
    const connection = new RedisConnection({ url: redis.url, key: 'silence', timeoutMs: 5_000 });
    await connection.time();
    const timing = { silent: 60, expiry: 100 };
    const two: Known[] = ['one', 'other'].map(newcomer);
    for (const replica of [...two, ...two, ...two]) {
      const { ack, epoch, version } = await connection.contact(messageOf(replica, timing));
      Object.assign(replica, { shares: ack, epoch, version });
    }
    await pause(200);
    const [one] = two;
    const reply = one && (await connection.contact(messageOf(one, timing)));
    expect(reply).toMatchObject({ replicas: 2, reserved: 20 });
    await connection.close();
    await redis.stop();
  });
});
