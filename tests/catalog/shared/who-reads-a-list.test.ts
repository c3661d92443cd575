import type { SharedHeader } from '../../../src/catalog/shared/shared-header.ts';
import {
  backoffMs,
  isBelievable,
  nextStep,
  type Situation,
  type Step,
} from '../../../src/catalog/shared/sharing-policy.ts';
import { hasRoomFor } from '../../../src/catalog/shared/room.ts';
import { printHeader, readHeader } from '../../../src/catalog/shared/shared-header.ts';
import { isWhatWasAskedFor } from '../../../src/catalog/what-was-asked-for.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const RUNS = 20_000;
const SKEW = 60_000;
const LONGEST = 600_000;

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

function headerBy(random: () => number, now: number): SharedHeader | undefined {
  if (random() < 0.2) return undefined;
  const asOf = now + Math.floor((random() - 0.9) * pick(random, [1_000, 100_000, 3_000_000]));
  return { id: pick(random, ['a', 'b', 'c']), asOf, writtenAsOf: asOf, pages: 1, pieces: 1, bytes: 1 };
}

function situationBy(random: () => number): Situation {
  const now = 1e12 + Math.floor(random() * 1e9);
  return {
    now,
    since: now - Math.floor(random() * pick(random, [1_000, 2 * LONGEST])),
    heldAsOf: pick(random, [-Infinity, now - Math.floor(random() * 3_000_000)]),
    maxAgeMs: pick(random, [0, 60_000, 900_000]),
    callersMaxAgeMs: pick(random, [undefined, undefined, 0, 5_000, 600_000]),
    first: headerBy(random, now),
    header: headerBy(random, now),
    isBeingRead: random() < 0.5,
    distrusted: pick(random, [undefined, 'a']),
    skewMs: SKEW,
    longestWaitMs: LONGEST,
  };
}

describe('what a replica does to have a list', () => {
  const every = (check: (situation: Situation, step: Step) => void): void => {
    const random = seededRandom(7);
    for (let run = 0; run < RUNS; run++) {
      const situation = situationBy(random);
      check(situation, nextStep(situation));
    }
  };

  it('is to take over only what is newer than what it holds, believable, and young enough for whoever asks', () => {
    const met = new Set<Step>();
    every((situation, step) => {
      met.add(step);
      if (step !== 'take over') return;
      const { header, now, since, heldAsOf, callersMaxAgeMs = Infinity, maxAgeMs, first, distrusted } = situation;
      if (!header) throw new Error('there is nothing to take over');
      expect(header.asOf).toBeGreaterThan(heldAsOf);
      expect(header.id).not.toBe(distrusted);
      expect(header.asOf).toBeLessThanOrEqual(now + SKEW);
      expect(since - header.asOf).toBeLessThanOrEqual(callersMaxAgeMs);
      expect(callersMaxAgeMs).toBeGreaterThan(0);
      const isNew = header.id !== first?.id || header.asOf !== first.asOf;
      expect(now - header.asOf <= maxAgeMs || isNew).toBe(true);
    });
    expect([...met].sort()).toEqual(['contend', 'read', 'take over', 'wait']);
  });

  it('is never to call Mode while what it wants is there, or is being read for it', () => {
    every((situation, step) => {
      const { header, isBeingRead, callersMaxAgeMs, since, now, distrusted, heldAsOf, maxAgeMs } = situation;
      const isThere =
        header !== undefined &&
        callersMaxAgeMs === undefined &&
        header.id !== distrusted &&
        header.asOf > heldAsOf &&
        now - header.asOf <= maxAgeMs &&
        header.asOf <= now;
      if (isThere) expect(step).toBe('take over');
      else if (isBeingRead && callersMaxAgeMs !== 0 && now - since < LONGEST)
        expect(['wait', 'take over']).toContain(step);
    });
  });

  it('is never to wait for nobody, nor for ever, nor for a caller who wants it as it is now', () => {
    every((situation, step) => {
      if (step !== 'wait') return;
      expect(situation.isBeingRead).toBe(true);
      expect(situation.now - situation.since).toBeLessThan(LONGEST);
      expect(situation.callersMaxAgeMs).not.toBe(0);
    });
  });

  it('comes to an end: whatever it takes over, it need not take over again', () => {
    every((situation, step) => {
      if (step !== 'take over' || !situation.header) return;
      expect(nextStep({ ...situation, heldAsOf: situation.header.asOf })).not.toBe('take over');
    });
  });
});

/**
 * Replicas that go by the policy, over a Redis that is an object: a step of time, then one of them, by chance. Reading takes
 * some steps; a reader may die, and its lease ends.
 */
function play(seed: number, mayDie: boolean): { readonly scans: number; readonly dates: readonly number[] } {
  const random = seededRandom(seed);
  const maxAgeMs = 900_000;
  const redis: { header: SharedHeader | undefined; lease: { by: number; until: number } | undefined } = {
    header: undefined,
    lease: undefined,
  };
  let now = 1e12;
  let scans = 0;
  const replicas = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, by) => ({
    by,
    heldAsOf: pick(random, [-Infinity, now - maxAgeMs - 1_000]),
    since: now,
    reading: undefined as { asOf: number; left: number } | undefined,
    isDone: false,
    isDead: false,
  }));
  while (replicas.some(({ isDone, isDead }) => !isDone && !isDead)) {
    now += Math.floor(random() * 500);
    if (redis.lease && redis.lease.until <= now) redis.lease = undefined;
    const me = pick(random, replicas);
    if (me.isDone || me.isDead) continue;
    if (me.reading) {
      if (redis.lease?.by === me.by) redis.lease.until = now + 10_000;
      if (mayDie && me.by > 0 && random() < 0.05) me.isDead = true;
      else if (--me.reading.left === 0) {
        const { asOf } = me.reading;
        if (!redis.header || redis.header.asOf < asOf)
          redis.header = { id: `${me.by}`, asOf, writtenAsOf: asOf, pages: 1, pieces: 1, bytes: 1 };
        if (redis.lease?.by === me.by) redis.lease = undefined;
        Object.assign(me, { heldAsOf: asOf, isDone: true });
      }
      continue;
    }
    const { heldAsOf, since } = me;
    const step = nextStep({
      now,
      since,
      heldAsOf,
      maxAgeMs,
      callersMaxAgeMs: undefined,
      first: undefined,
      header: redis.header,
      isBeingRead: redis.lease !== undefined,
      distrusted: undefined,
      skewMs: SKEW,
      longestWaitMs: LONGEST,
    });
    if (step === 'take over') Object.assign(me, { heldAsOf: redis.header?.asOf, isDone: true });
    if (step === 'contend') redis.lease = { by: me.by, until: now + 10_000 };
    if (step === 'contend' || step === 'read') {
      scans++;
      me.reading = { asOf: now, left: 1 + Math.floor(random() * 5) };
    }
  }
  return { scans, dates: replicas.filter(({ isDead }) => !isDead).map(({ heldAsOf }) => heldAsOf) };
}

describe('replicas that go by this', () => {
  it('make one scan together, and hold the same, as long as the lease is renewed in time', () => {
    // A reader's turn may come so late, by chance, that its lease has ended: as when its machine stands still.
    const games = Array.from({ length: 2_000 }, (_, seed) => play(seed, false));
    expect(games.filter(({ scans }) => scans === 1).length).toBeGreaterThan(games.length * 0.95);
    for (const { scans, dates } of games) if (scans === 1) expect(new Set(dates).size).toBe(1);
  });

  it('all have it in the end, whoever of them dies', () => {
    for (let seed = 0; seed < 2_000; seed++) {
      const { dates } = play(seed, true);
      expect(dates.length).toBeGreaterThan(0);
      for (const asOf of dates) expect(asOf).toBeGreaterThanOrEqual(1e12);
    }
  });
});

describe('what goes with it', () => {
  it('leaves Redis alone for twice as long after each failure, up to a bound', () => {
    const timing = { firstBackoffMs: 1_000, longestBackoffMs: 30_000 };
    expect([1, 2, 3, 5, 6, 7, 1_000].map((failures) => backoffMs(failures, timing))).toEqual([
      1_000, 2_000, 4_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('believes clocks that are ahead by a little', () => {
    const header = { id: 'a', asOf: 1_000_000, writtenAsOf: 1_000_000, pages: 1, pieces: 1, bytes: 1 };
    const at = (now: number, distrusted?: string) => isBelievable(header, { now, skewMs: SKEW, distrusted });
    expect([at(940_000), at(939_999), at(2_000_000, 'a'), at(2_000_000, 'b')]).toEqual([true, false, false, true]);
  });

  it('keeps an eighth of a Redis that has a limit free of lists', () => {
    expect(hasRoomFor(75, { used: 800, most: 1_000 })).toBe(true);
    expect(hasRoomFor(76, { used: 800, most: 1_000 })).toBe(false);
    expect(hasRoomFor(1e12, { used: 800, most: 0 })).toBe(true);
    expect(hasRoomFor(1e12, undefined)).toBe(true);
  });

  it('tells whether a list that another replica read is what a caller asked for', () => {
    const ask = (asOf: number, maxAgeMs: number | undefined) => isWhatWasAskedFor(asOf, { askedAt: 1_000, maxAgeMs });
    expect([ask(0, undefined), ask(999, 0), ask(1_000, 0), ask(500, 500), ask(499, 500)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('reads the headers that it prints, and no others', () => {
    const header = {
      id: '01234567-89ab-4def-8123-456789abcdef',
      asOf: 5,
      writtenAsOf: 4,
      pages: 1,
      pieces: 2,
      bytes: 3,
    };
    expect(readHeader(printHeader(header))).toEqual(header);
    const spoilt = [
      null,
      '',
      'null',
      '[]',
      '{}',
      printHeader({ ...header, pieces: 0 }),
      printHeader({ ...header, bytes: 1e12 }),
    ];
    expect(spoilt.map(readHeader)).toEqual(spoilt.map(() => undefined));
  });
});
