import { systemClock, type Clock } from '../../../src/throttle/clock.ts';
import { RedisServer, describeWithRedis } from '../../support/redis-server.ts';
import { pause, Replica, TIMING, until, untilShared } from '../../support/replicas.ts';

/** Of the whole process: tests that ran in it before may have left some of theirs, which close in their own time. */
function sockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCPSocket')).length;
}

/** The system's, with a count of what is scheduled and neither done nor called off. */
class CountingClock implements Clock {
  readonly #scheduled = new Set<object>();
  readonly now = systemClock.now;

  get waiting(): number {
    return this.#scheduled.size;
  }

  schedule(task: () => void, delayMs: number): () => void {
    const ticket = {};
    this.#scheduled.add(ticket);
    const cancel = systemClock.schedule(() => {
      this.#scheduled.delete(ticket);
      task();
    }, delayMs);
    return () => {
      this.#scheduled.delete(ticket);
      cancel();
    };
  }
}

describeWithRedis('a replica that was disposed of', () => {
  let redis: RedisServer;
  beforeEach(async () => (redis = await RedisServer.start()));
  afterEach(() => redis.stop());

  const states: [string, (replica: Replica) => Promise<void>][] = [
    ['at once', () => Promise.resolve()],
    ['while it connects', () => pause(1)],
    ['with slots in hand and calls under way', (replica) => replica.throttle.acquire().then(() => undefined)],
    [
      'while Redis is gone',
      async (replica) => {
        await untilShared([replica]);
        await redis.kill();
        await until(() => !replica.budget.isShared);
        await pause(100);
      },
    ],
    [
      'while Redis stands still',
      async (replica) => {
        await untilShared([replica]);
        redis.pause();
      },
    ],
    [
      'while it connects to a Redis that stands still',
      async (replica) => {
        await untilShared([replica]);
        redis.pause();
        await pause(400);
      },
    ],
  ];

  it.each(states)('(%s) has no timer and no connection left', async (_, arrange) => {
    const clock = new CountingClock();
    const others = sockets();
    const replica = new Replica(redis.url, { clock });
    await arrange(replica);
    await replica.dispose();
    expect(clock.waiting).toBe(0);
    await until(() => sockets() <= others);
    await pause(TIMING.probeMs * 2);
    expect(clock.waiting).toBe(0);
    expect(sockets()).toBeLessThanOrEqual(others);
  });

  it('is forgotten by the others, what it had in hand is free, and what it called counts on', async () => {
    const replica = new Replica(redis.url);
    await untilShared([replica]);
    await replica.call(0);
    await replica.dispose();
    const [members, log] = await redis.use((client) =>
      Promise.all([client.zcard('mode-graphql:{test}:members'), client.zcard('mode-graphql:{test}:log')]),
    );
    expect([members, log]).toEqual([0, 1]);
    expect(replica.budget.take('person')).toBeUndefined();
  });

  it('may be disposed of twice', async () => {
    const replica = new Replica(redis.url);
    await Promise.all([replica.dispose(), replica.dispose()]);
    await replica.dispose();
  });
});
