import { after, type Answers, type Arrival } from '../../explorer/asking/answers.ts';
import { headersToFillIn } from '../../explorer/asking/headers-to-fill-in.ts';

const NONE: Answers = { answered: undefined, explained: undefined, limit: undefined, skewMs: 0 };
const AT = Date.UTC(2026, 8, 1, 12);

const rateLimit = {
  limit: 40,
  remaining: 12,
  resetsAt: new Date(AT + 7_000).toISOString(),
  queued: 0,
  estimatedWaitSeconds: 0,
  paused: false,
  scope: 'PROCESS',
};
const upstream = { calls: { rest: 2, discovery: 5 }, waitedMs: 30, plan: [], snapshotAsOf: null, notes: [], rateLimit };
const explain = {
  estimatedCalls: 3,
  calls: { rest: 3, discovery: 0 },
  estimatedSeconds: 0,
  guessed: false,
  steps: [],
  objects: 10,
  limits: { calls: 160, objects: 1_000_000, seconds: 30 },
  refusal: null,
};

const arrival = (body: unknown, more: Partial<Arrival> = {}): Arrival => ({
  name: 'Question',
  askedAt: AT - 250,
  at: AT,
  gatewayTime: AT,
  isExplained: false,
  body,
  ...more,
});

describe('when an answer has come in, the page', () => {
  it('knows its bill, and what is left', () => {
    const { answered, limit, explained } = after(NONE, arrival({ data: {}, extensions: { upstream } }));
    expect(answered).toMatchObject({ name: 'Question', roundTripMs: 250, errors: [], upstream: upstream });
    expect(limit).toMatchObject({ remaining: 12, wholeAgainAt: AT + 7_000 });
    expect(explained).toBeUndefined();
  });

  it('takes an estimate for one, and keeps the bill of the answer before', () => {
    const before = after(NONE, arrival({ data: {}, extensions: { upstream } }));
    const left = { ...rateLimit, remaining: 40 };
    const body = {
      data: null,
      extensions: { explain, upstream: { calls: { rest: 0, discovery: 0 }, rateLimit: left } },
    };
    const { answered, explained, limit } = after(before, arrival(body, { isExplained: true, at: AT + 1_000 }));
    expect(answered).toBe(before.answered);
    expect(explained).toMatchObject({ explanation: explain, errors: [] });
    expect(limit?.remaining).toBe(40);
  });

  it('takes what a gateway that does not explain sends for the answer that it is', () => {
    const { answered, explained } = after(NONE, arrival({ data: {}, extensions: { upstream } }, { isExplained: true }));
    expect(answered?.upstream?.calls).toEqual({ rest: 2, discovery: 5 });
    expect(explained).toMatchObject({ explanation: undefined, errors: [] });
  });

  it('says why a question was refused, and keeps what it knew of the limit', () => {
    const before = after(NONE, arrival({ data: {}, extensions: { upstream } }));
    const refusal = { errors: [{ message: 'This gateway needs a key.' }] };
    const { answered, limit } = after(before, arrival(refusal));
    expect(answered).toMatchObject({ upstream: undefined, errors: ['This gateway needs a key.'] });
    expect(limit).toBe(before.limit);
    expect(after(before, arrival(refusal, { isExplained: true }))).toMatchObject({
      answered: before.answered,
      explained: { explanation: undefined, errors: ['This gateway needs a key.'] },
    });
  });

  it.each([
    [0, 0],
    [2_900, 0],
    [-2_900, 0],
    [60_000, 60_000],
    [-60_000, -60_000],
  ])('counts down on its own clock, of which the gateway’s is %d ms ahead', (aheadMs, skewMs) => {
    const ahead = { ...rateLimit, resetsAt: new Date(AT + aheadMs + 7_000).toISOString() };
    const body = { extensions: { upstream: { ...upstream, rateLimit: ahead } } };
    const known = after(NONE, arrival(body, { gatewayTime: AT + aheadMs }));
    expect(known.skewMs).toBe(skewMs);
    // What is below three seconds may as well be the way that the answer took.
    expect(Math.abs((known.limit?.wholeAgainAt ?? 0) - (AT + 7_000))).toBeLessThan(3_000);
  });

  it.each([null, undefined, {}, 'HTML', { errors: [] }, { extensions: {} }, { extensions: { upstream: {} } }])(
    'copes with %j',
    (body) => {
      expect(after(NONE, arrival(body)).answered?.errors).toEqual([]);
    },
  );
});

describe('the headers that a gateway with keys wants', () => {
  it.each([
    ['{"x-api-key": "…"}', { 'x-api-key': '' }],
    ['{"authorization": "Bearer …"}', { authorization: 'Bearer ' }],
    ['{"authorization": "Basic …"}', { authorization: 'Basic ' }],
  ])('are there to be filled in: %s', (hint, headers) => {
    expect(JSON.parse(headersToFillIn(hint))).toEqual(headers);
  });
});
