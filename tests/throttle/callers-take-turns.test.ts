import fc from 'fast-check';
import { FairQueue } from '../../src/throttle/fair-queue.ts';
import { EVERYBODY, type Caller, type Lane } from '../../src/throttle/lane.ts';
import { partyOf } from '../../src/throttle/party.ts';
import { Calls, numbers } from '../support/throttle-calls.ts';

const laneOf = (caller: Caller = EVERYBODY): Lane => ({ caller, deadline: Infinity });
const weighing = (name: string, weight: number): Caller => ({ name, weight });

/** A throttle that lets one call go after the other, and whose order is looked at. */
async function oneByOne(calls: Calls, count: number): Promise<(string | number)[]> {
  for (let each = 0; each < count; each++) {
    const name = calls.names.at(-1);
    if (name !== undefined) calls.release(name);
    await calls.clock.advance(0);
  }
  return calls.names;
}

describe('operations of one caller', () => {
  it('take turns: who asks one thing is among the next two, though another has asked a thousand', async () => {
    const calls = new Calls({ concurrency: 1, windows: [{ limit: 5_000, lengthMs: 10_000 }] });
    const [many, one] = [partyOf(laneOf()), partyOf(laneOf())];
    for (const each of numbers(1_000)) calls.ask(`many ${each}`, { party: many });
    await calls.clock.advance(0);
    expect(calls.names).toEqual(['many 0']);
    calls.ask('one', { party: one });
    const order = await oneByOne(calls, 2);
    expect(order.slice(1)).toContain('one');
  });

  it('the same when a window is full, and it opens by one slot at a time', async () => {
    const calls = new Calls({ concurrency: 1_000, windows: [{ limit: 1, lengthMs: 250 }] });
    const [many, one] = [partyOf(laneOf()), partyOf(laneOf())];
    for (const each of numbers(1_000)) calls.run(`many ${each}`, 0, { party: many });
    await calls.clock.advance(2_600);
    const before = calls.names.length;
    calls.run('one', 0, { party: one });
    await calls.clock.advance(500);
    expect(calls.names.slice(before, before + 2)).toContain('one');
    expect(calls.names.slice(before)).toHaveLength(2);
  });

  it('go by ticket within their own turns', async () => {
    const calls = new Calls({ concurrency: 1 });
    const [a, b] = [partyOf(laneOf()), partyOf(laneOf())];
    for (const each of numbers(3)) calls.ask(`a${each}`, { party: a });
    for (const each of numbers(3)) calls.ask(`b${each}`, { party: b });
    expect(await oneByOne(calls, 6)).toEqual(['a0', 'a1', 'b0', 'a2', 'b1', 'b2']);
  });
});

describe('callers', () => {
  it('share by weight, however many operations each has and however much those ask', async () => {
    const calls = new Calls({ concurrency: 1, windows: [{ limit: 1_000, lengthMs: 10_000 }] });
    const heavy = weighing('heavy', 3);
    const light = weighing('light', 1);
    for (const each of numbers(10)) {
      const party = partyOf(laneOf(light));
      for (const call of numbers(50)) calls.ask(`light ${each}.${call}`, { party });
    }
    const party = partyOf(laneOf(heavy));
    for (const call of numbers(200)) calls.ask(`heavy ${call}`, { party });
    const order = await oneByOne(calls, 120);
    const turns = order.slice(1, 121).filter((name) => String(name).startsWith('heavy')).length;
    expect(turns).toBeGreaterThanOrEqual(88);
    expect(turns).toBeLessThanOrEqual(91);
  });

  it('do not save up turns by asking in small pieces', () => {
    const queue = new FairQueue<{ ticket: number; who: string }>();
    const [a, b] = [laneOf(weighing('a', 1)), laneOf(weighing('b', 1))];
    let ticket = 0;
    const served = { a: 0, b: 0 };
    for (const _ of numbers(50)) queue.add({ ticket: ticket++, who: 'a' }, [a]);
    for (const _ of numbers(40)) {
      // Comes back with one call each time its last one has gone.
      if (![...queue].some(({ who }) => who === 'b')) queue.add({ ticket: ticket++, who: 'b' }, [b]);
      served[queue.shift()?.who as 'a' | 'b']++;
    }
    expect(Math.abs(served.a - served.b)).toBeLessThanOrEqual(1);
  });
});

describe('a call that several operations wait for', () => {
  it('goes with the first of them whose turn it is, and is not made again for the others', async () => {
    const calls = new Calls({ concurrency: 1 });
    const many = partyOf(laneOf());
    for (const each of numbers(100)) calls.ask(`many ${each}`, { party: many });
    const lane = laneOf();
    const shared = partyOf(...many.lanes);
    calls.ask('shared', { party: shared });
    for (const each of numbers(100)) calls.ask(`more ${each}`, { party: many });
    await calls.clock.advance(0);
    shared.join(lane);
    const order = await oneByOne(calls, 3);
    expect(order.slice(1, 3)).toContain('shared');
    expect(order.filter((name) => name === 'shared')).toHaveLength(1);
  });

  it('falls back to the turns of those who are left', async () => {
    const calls = new Calls({ concurrency: 1 });
    const [a, b] = [laneOf(), laneOf()];
    calls.ask('running');
    const shared = partyOf(a, b);
    for (const each of numbers(3)) calls.ask(`b${each}`, { party: partyOf(b) });
    calls.ask('shared', { party: shared });
    shared.leave(a);
    expect(await oneByOne(calls, 5)).toEqual(['running', 'b0', 'b1', 'b2', 'shared']);
  });
});

describe('the background', () => {
  it('goes once after 19 calls of people’s, though they never stop asking and fill every window', async () => {
    const calls = new Calls({ windows: [{ limit: 40, lengthMs: 10_000 }] });
    const party = partyOf(laneOf());
    for (const each of numbers(2_000)) calls.run(`person ${each}`, 50, { party });
    for (const each of numbers(10)) calls.run(`background ${each}`, 50, { priority: () => 'background' });
    await calls.clock.advance(200_000);
    const places = calls.names.flatMap((name, place) => (String(name).startsWith('background') ? [place] : []));
    expect(places).toHaveLength(10);
    for (const [index, place] of places.entries()) {
      expect(place - (places[index - 1] ?? calls.names.indexOf('person 39'))).toBeLessThanOrEqual(20);
    }
  });
});

it('nobody waits longer than a turn of each of the others, whatever comes and goes', () => {
  const action = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('add'), lane: fc.nat(5), count: fc.integer({ min: 1, max: 4 }) }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('serve') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave'), place: fc.nat(50) }) },
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
      const queue = new FairQueue<{ ticket: number; lane: Lane; servedBefore: number; own: number }>();
      const lanes = numbers(6).map((each) => laneOf(weighing(`caller ${each % 2}`, 1)));
      let ticket = 0;
      let served = 0;
      for (const each of actions) {
        if (each.kind === 'add' && 'count' in each) {
          const lane = lanes[each.lane] ?? laneOf();
          for (const _ of numbers(each.count)) {
            const own = [...queue].filter((waiter) => waiter.lane === lane).length;
            queue.add({ ticket: ticket++, lane, servedBefore: served, own }, [lane]);
          }
        } else if (each.kind === 'leave' && 'place' in each) {
          const leaver = [...queue][each.place];
          if (leaver) queue.delete(leaver);
        } else {
          const lower = queue.first();
          const ahead = lower && queue.ahead(lower);
          const waiter = queue.shift();
          expect(waiter).toBe(lower);
          if (!waiter) continue;
          expect(ahead).toBeGreaterThanOrEqual(0);
          // Three lanes of its caller and the other caller's as many, for each of its own before it and for itself.
          expect(served - waiter.servedBefore).toBeLessThanOrEqual((waiter.own + 1) * 6);
          served++;
        }
      }
      // All who are left are served, each once.
      const left = queue.size;
      const rest = new Set(numbers(left).map(() => queue.shift()));
      expect(rest.size).toBe(left);
      expect(queue.shift()).toBeUndefined();
    }),
    { numRuns: 3_000 },
  );
});

it('says no more are ahead than there are', () => {
  const add = fc.record({ lane: fc.nat(4), caller: fc.nat(1) });
  fc.assert(
    fc.property(fc.array(add, { minLength: 1, maxLength: 40 }), fc.nat(10), (adds, served) => {
      const queue = new FairQueue<{ ticket: number; lane: Lane }>();
      const callers = [weighing('a', 1), weighing('b', 2)];
      const lanes = numbers(5).map((each) => laneOf(callers[each % 2]));
      for (const [ticket, { lane }] of adds.entries())
        queue.add({ ticket, lane: lanes[lane] ?? laneOf() }, [lanes[lane] ?? laneOf()]);
      for (const _ of numbers(Math.min(served, adds.length - 1))) queue.shift();
      const last = { ticket: 1_000, lane: lanes[0] ?? laneOf() };
      const promised = queue.aheadOfNew(last.lane);
      queue.add(last, [last.lane]);
      expect(queue.ahead(last)).toBe(promised);
      let ahead = 0;
      while (queue.shift() !== last) ahead++;
      expect(ahead).toBeGreaterThanOrEqual(promised);
    }),
    { numRuns: 3_000 },
  );
});
