import fc from 'fast-check';
import { ContactRefusedError, type Message } from '../../../src/throttle/shared/contact.ts';
import { fairShare, quietMs } from '../../../src/throttle/shared/fallback.ts';
import { RedisConnection } from '../../../src/throttle/shared/redis-connection.ts';
import { DEFAULT_TIMING } from '../../../src/throttle/shared/timing.ts';
import { LIMIT, messageOf, type Known } from '../../support/contacts.ts';
import { RedisServer, describeWithRedis } from '../../support/redis-server.ts';

it('every replica has the same part, and all parts are a window at the most', () => {
  const windows = fc.array(fc.record({ limit: fc.integer({ min: 1, max: 300 }), lengthMs: fc.nat() }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(windows, fc.integer({ min: 1, max: 400 }), (all, replicas) => {
      const share = fairShare(all, replicas);
      const fits = all.every(({ limit }) => limit >= replicas);
      expect(share !== undefined).toBe(fits);
      for (const [at, { limit }] of (share ?? []).entries()) {
        expect(limit).toBeGreaterThan(0);
        expect(limit * replicas).toBeLessThanOrEqual(all[at]?.limit ?? 0);
      }
    }),
  );
  expect(fairShare([{ limit: 40, lengthMs: 10_000 }], 0)).toBeUndefined();
});

it('the quiet time is what others may not know of yet, a lease, the way to Mode, and the longest window', () => {
  const windows = [
    { limit: 40, lengthMs: 10_000 },
    { limit: 100, lengthMs: 60_000 },
  ];
  expect(quietMs(windows.slice(0, 1), DEFAULT_TIMING)).toBe(15_000);
  expect(quietMs(windows, DEFAULT_TIMING)).toBe(65_000);
});

describeWithRedis('what Redis tells replicas', () => {
  let redis: RedisServer;
  let connection: RedisConnection;
  beforeAll(async () => {
    redis = await RedisServer.start();
    connection = new RedisConnection({ url: redis.url, key: 'shares', timeoutMs: 5_000 });
    await connection.time();
  });
  afterAll(async () => {
    await connection.close();
    await redis.stop();
  });

  const step = fc.record({
    who: fc.nat({ max: 4 }),
    what: fc.constantFrom('contact', 'contact', 'contact', 'lost answer', 'leave', 'crash'),
  });

  it('adds up to a window at any time, whoever comes, goes, crashes or misses an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        await redis.use((client) => client.flushall());
        const present: (Known | undefined)[] = [];
        const crashed: Known[] = [];
        let born = 0;
        for (const { who, what } of steps) {
          const replica = (present[who] ??= { id: `r${born++}`, shares: 0, epoch: '', version: 0 });
          if (what === 'crash') crashed.push(replica);
          else {
            const reply = await connection.contact(messageOf(replica, { leave: what === 'leave' }));
            if (what === 'contact') {
              Object.assign(replica, { shares: reply.ack, epoch: reply.epoch, version: reply.version });
            }
          }
          if (what === 'crash' || what === 'leave') present[who] = undefined;
          const parts = [...present, ...crashed].map((each) => (each?.shares ? Math.floor(LIMIT / each.shares) : 0));
          expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(LIMIT);
        }
        // Those who stay get their part, once each has heard of each.
        for (let round = 0; round < 3; round++) {
          for (const replica of present) {
            if (!replica) continue;
            const reply = await connection.contact(messageOf(replica));
            Object.assign(replica, { shares: reply.ack, epoch: reply.epoch, version: reply.version });
          }
        }
        if (crashed.length === 0) for (const replica of present) if (replica) expect(replica.shares).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('is nothing, and nothing is done, when it comes to a message after its time', async () => {
    await redis.use((client) => client.flushall());
    const late = messageOf({ id: 'late', shares: 0, epoch: '', version: 0 }, { notAfter: Date.now() - 1, persons: 5 });
    await expect(connection.contact(late)).rejects.toThrow(ContactRefusedError);
    expect(await redis.use((client) => client.keys('*'))).toEqual([]);
  });

  it('keeps the part of one that fell silent, until that one is heard or has been silent for long', async () => {
    await redis.use((client) => client.flushall());
    const timing = { silent: 80, expiry: 400 };
    const two: Known[] = ['here', 'there'].map((id) => ({ id, shares: 0, epoch: '', version: 0 }));
    const contact = async (replica: Known | undefined, more: Partial<Message> = {}) => {
      if (!replica) throw new Error('nobody');
      const reply = await connection.contact(messageOf(replica, { ...timing, ...more }));
      Object.assign(replica, { shares: reply.ack, epoch: reply.epoch, version: reply.version });
      return reply;
    };
    for (const replica of [...two, ...two, ...two]) await contact(replica);
    expect(two.map(({ shares }) => shares)).toEqual([2, 2]);
    const granted = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      const reply = await contact(two[0], { persons: 100 });
      return reply.granted.length;
    };
    const seen: number[] = [];
    while (seen.at(-1) !== 20) seen.push(await granted());
    // Meanwhile the silent one may be making these.
    while (seen.at(-1) === 20) seen.push(await granted());
    expect(new Set(seen)).toEqual(new Set([40, 20]));
    expect(seen.at(-1)).toBe(40);
  });
});
