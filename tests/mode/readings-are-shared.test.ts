import type { CallContext } from '../../src/mode/call-context.ts';
import { Flights } from '../../src/mode/flights.ts';
import { BudgetExhaustedError } from '../../src/throttle/budget-exhausted-error.ts';
import { Deadline } from '../../src/throttle/deadline.ts';
import { EVERYBODY, type Lane } from '../../src/throttle/lane.ts';
import { partyOf } from '../../src/throttle/party.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const GONE = new Error('the caller hung up');
const SUBJECT = { api: 'REST', endpoint: '/reports/{report}' } as const;

/** A reading whose end a test decides. */
function reading() {
  const calls: CallContext[] = [];
  const ends: { resolve(value: string): void; reject(error: unknown): void }[] = [];
  const read = (call: CallContext): Promise<string> => {
    calls.push(call);
    return new Promise((resolve, reject) => {
      ends.push({ resolve, reject });
      call.signal?.addEventListener('abort', () => reject(new Error('cut')), { once: true });
    });
  };
  return { calls, ends, read };
}

let clock: VirtualClock;
let changes: number;
let flights: Flights;
let waitMs: number;

beforeEach(() => {
  clock = new VirtualClock();
  changes = 0;
  waitMs = 0;
  flights = new Flights({ waitMs: () => waitMs, likelyWaitMs: () => waitMs, onPriorityChange: () => changes++ });
});

function passenger(options: { deadlineMs?: number; priority?: 'background' } = {}) {
  const deadline = new Deadline(clock.now() + (options.deadlineMs ?? Infinity), clock);
  const lane: Lane = { caller: EVERYBODY, deadline: deadline.at };
  const controller = new AbortController();
  const billed: string[] = [];
  const context: CallContext = {
    signal: controller.signal,
    party: partyOf(lane),
    deadline,
    ...(options.priority && { priority: options.priority }),
    onCall: ({ subject }) => billed.push(`own ${subject.endpoint}`),
    onSharedCall: ({ subject }) => billed.push(`shared ${subject.endpoint}`),
  };
  return { lane, controller, context, billed };
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing went wrong',
    (error: unknown) => error,
  );

it('one reading answers all who ask while it is under way, and the next asker begins a new one', async () => {
  const { calls, ends, read } = reading();
  const all = [1, 2, 3].map(() => flights.board('report', passenger().context, read));
  await clock.advance(0);
  expect(calls).toHaveLength(1);
  ends[0]?.resolve('it');
  expect(await Promise.all(all)).toEqual(['it', 'it', 'it']);
  void flights.board('report', passenger().context, read);
  await clock.advance(0);
  expect(calls).toHaveLength(2);
});

it('fails all of them, and is forgotten', async () => {
  const { calls, ends, read } = reading();
  const all = [1, 2].map(() => failureOf(flights.board('report', passenger().context, read)));
  await clock.advance(0);
  const error = new Error('Mode is out');
  ends[0]?.reject(error);
  expect(await Promise.all(all)).toEqual([error, error]);
  expect(flights.priorityOf('report')).toBeUndefined();
  void failureOf(flights.board('report', passenger().context, read));
  await clock.advance(0);
  expect(calls).toHaveLength(2);
});

it('lives until the last has left, and is cut then', async () => {
  const { calls, read } = reading();
  const [first, second] = [passenger(), passenger()];
  const ends = [first, second].map(({ context }) => failureOf(flights.board('report', context, read)));
  await clock.advance(0);
  first.controller.abort(GONE);
  expect(await ends[0]).toBe(GONE);
  expect(calls[0]?.signal?.aborted).toBe(false);
  expect([...(calls[0]?.party?.lanes ?? [])]).toEqual([second.lane]);
  second.controller.abort(GONE);
  expect(calls[0]?.signal?.aborted).toBe(true);
  expect(flights.priorityOf('report')).toBeUndefined();
});

it('who asks right after the last has left does not board what is going down', async () => {
  const { calls, ends, read } = reading();
  const first = passenger();
  void failureOf(flights.board('report', first.context, read));
  await clock.advance(0);
  first.controller.abort(GONE);
  const next = flights.board('report', passenger().context, read);
  await clock.advance(0);
  expect(calls).toHaveLength(2);
  ends[1]?.resolve('anew');
  expect(await next).toBe('anew');
});

it('its calls are on the bill of who has waited longest of those aboard', async () => {
  const { calls, read } = reading();
  const [first, second, third] = [passenger(), passenger(), passenger()];
  for (const { context } of [first, second, third]) void failureOf(flights.board('walk', context, read));
  await clock.advance(0);
  const call = { subject: SUBJECT, askedAt: 0, waitedMs: 0, endedAt: 0, status: 200 };
  calls[0]?.onCall?.(call);
  first.controller.abort(GONE);
  calls[0]?.onCall?.(call);
  expect([first.billed, second.billed, third.billed]).toEqual([
    ['own /reports/{report}'],
    ['shared /reports/{report}', 'own /reports/{report}'],
    ['shared /reports/{report}', 'shared /reports/{report}'],
  ]);
});

it('is a person’s as long as one waits for it, and the background’s again when the last person has left', () => {
  const { read } = reading();
  const [background, person] = [passenger({ priority: 'background' }), passenger()];
  void failureOf(flights.board('list', background.context, read));
  expect(flights.priorityOf('list')).toBe('background');
  void failureOf(flights.board('list', person.context, read));
  expect(flights.priorityOf('list')).toBe('person');
  expect(changes).toBe(1);
  person.controller.abort(GONE);
  expect(flights.priorityOf('list')).toBe('background');
  expect(changes).toBe(2);
});

describe('a passenger whose time is over', () => {
  it('leaves with UPSTREAM_BUDGET_EXHAUSTED when nothing had started, and the others get it', async () => {
    const { ends, read } = reading();
    waitMs = 4_200;
    const hasty = failureOf(flights.board('report', passenger({ deadlineMs: 1_000 }).context, read));
    const patient = flights.board('report', passenger({ deadlineMs: 9_000 }).context, read);
    await clock.advance(1_000);
    expect(await hasty).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED', retryAfter: 5 });
    ends[0]?.resolve('it');
    expect(await patient).toBe('it');
    await clock.advance(0);
    expect(clock.waiting).toBe(0);
  });

  it('leaves with UPSTREAM_TIMEOUT when Mode had been asked', async () => {
    const { calls, read } = reading();
    const end = failureOf(flights.board('report', passenger({ deadlineMs: 1_000 }).context, read));
    await clock.advance(500);
    calls[0]?.onStart?.(SUBJECT);
    await clock.advance(500);
    expect(await end).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { endpoint: '/reports/{report}' } });
    expect(calls[0]?.signal?.aborted).toBe(true);
  });

  it('does not take a long reading down: it goes on behind everybody', async () => {
    const { calls, ends, read } = reading();
    const end = failureOf(
      flights.board('list', passenger({ deadlineMs: 1_000 }).context, read, { outlivesDeadlines: true }),
    );
    await clock.advance(1_000);
    expect(await end).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED' });
    expect(calls[0]?.signal?.aborted).toBe(false);
    expect(flights.priorityOf('list')).toBe('background');
    const next = flights.board('list', passenger().context, read);
    ends[0]?.resolve('all of it');
    expect(await next).toBe('all of it');
    expect(calls).toHaveLength(1);
  });

  it('hears at once that a reading of so many calls cannot be over by then', async () => {
    const { calls, read } = reading();
    waitMs = 20_000;
    const board = { outlivesDeadlines: true, calls: 50 };
    const end = failureOf(flights.board('list', passenger({ deadlineMs: 10_000 }).context, read, board));
    expect(await end).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED', retryAfter: 20 });
    expect(clock.elapsed).toBe(0);
    // And nobody reads it for nobody.
    await clock.advance(0);
    expect(calls.every(({ signal }) => signal?.aborted)).toBe(true);
    expect(flights.priorityOf('list')).toBeUndefined();
  });

  it('does not take down who boards while it is being refused, and has the time', async () => {
    const { calls, ends, read } = reading();
    const hasty = failureOf(flights.board('report', passenger({ deadlineMs: 1_000 }).context, read));
    await clock.advance(0);
    const patient = flights.board('report', passenger({ deadlineMs: 60_000 }).context, read);
    const refused = new BudgetExhaustedError(5);
    ends[0]?.reject(refused);
    expect(await hasty).toBe(refused);
    await clock.advance(0);
    expect(calls).toHaveLength(2);
    ends[1]?.resolve('it');
    expect(await patient).toBe('it');
  });
});
