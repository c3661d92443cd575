import { ContactRefusedError, type Reply } from '../../../src/throttle/shared/contact.ts';
import { quietMs } from '../../../src/throttle/shared/fallback.ts';
import { Link } from '../../../src/throttle/shared/link.ts';
import { DEFAULT_TIMING } from '../../../src/throttle/shared/timing.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const WINDOWS = [{ limit: 40, lengthMs: 10_000 }];
const QUIET = quietMs(WINDOWS, DEFAULT_TIMING);

/** A Redis whose answers a test gives, on a clock that it owns: the very moments at which they could be lost. */
class Exchange {
  readonly clock = new VirtualClock();
  isThere = true;
  answer: (() => Promise<Reply>) | undefined;
  readonly link = new Link({
    clock: this.clock,
    timing: DEFAULT_TIMING,
    windows: WINDOWS,
    replicaId: 'me',
    assumedReplicas: 4,
    say: () => ({ live: [], reports: [], gone: [], pause: 0, persons: 0, background: 0, spare: 0, leave: false }),
    heard: () => undefined,
    unheard: () => undefined,
    changed: () => undefined,
    warn: () => undefined,
    connection: {
      time: () => (this.isThere ? Promise.resolve(this.clock.now()) : Promise.reject(new Error('gone'))),
      contact: () => this.answer?.() ?? this.#inOrder(),
      drop: () => undefined,
      close: () => Promise.resolve(),
    },
  });

  /** Never answered, until the deadline. */
  lost(): Promise<Reply> {
    return new Promise((_, reject) => this.clock.schedule(() => reject(new Error('too late')), 250));
  }

  #inOrder(): Promise<Reply> {
    return Promise.resolve({
      redisNow: this.clock.now(),
      epoch: 'now',
      version: 1,
      granted: [],
      isIdle: true,
      nextForPersonMs: 0,
      nextForBackgroundMs: 0,
      pauseMs: 0,
      quarantineMs: 0,
      replicas: 3,
      ack: 3,
      known: [],
      reserved: 0,
      ages: [],
    });
  }
}

async function cutOff(): Promise<Exchange> {
  const exchange = new Exchange();
  await exchange.clock.advance(1_000);
  exchange.isThere = false;
  exchange.answer = () => exchange.lost();
  await exchange.clock.advance(1_000);
  return exchange;
}

it('is over a quiet time after Redis may have carried out the last that was sent', async () => {
  const { link, clock } = await cutOff();
  expect(link.isTogether).toBe(false);
  // Heartbeats were sent at 500, 1000 and, the one that was lost, at 1000 or 1500.
  const sentAt = link.ownShareFrom - QUIET - 250 - clock.start;
  expect([1_000, 1_500]).toContain(sentAt);
});

it('leaves no moment at which both the own part and what Redis may grant are used', async () => {
  const exchange = await cutOff();
  const { link, clock } = exchange;
  await clock.advance(QUIET + 1_000);
  expect(link.ownShareFrom).toBeLessThan(clock.now());
  // Redis tells the time again; the contact that follows is on its way, and lost.
  exchange.isThere = true;
  let lostAt = 0;
  exchange.answer = () => {
    lostAt = clock.now() + 250;
    return exchange.lost();
  };
  while (lostAt === 0) await clock.advance(10);
  expect(link.ownShareFrom).toBe(Infinity);
  exchange.isThere = false;
  await clock.advance(300);
  expect(link.ownShareFrom).toBe(lostAt + QUIET);
});

it('does not begin anew after a contact that Redis refused, for nothing came of it', async () => {
  const exchange = await cutOff();
  const { link, clock } = exchange;
  await clock.advance(QUIET + 1_000);
  const from = link.ownShareFrom;
  exchange.isThere = true;
  exchange.answer = () => Promise.reject(new ContactRefusedError('read-only'));
  await clock.advance(5_000);
  expect(link.ownShareFrom).toBe(from);
});

it('comes to its end though every contact is lost while Redis tells the time', async () => {
  const exchange = await cutOff();
  exchange.isThere = true;
  let isOver = false;
  for (let ms = 0; ms < 300_000 && !isOver; ms += 100) {
    await exchange.clock.advance(100);
    isOver = exchange.link.ownShareFrom <= exchange.clock.now();
  }
  expect(isOver).toBe(true);
});
