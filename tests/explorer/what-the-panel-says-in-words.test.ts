import { calls, counted } from '../../explorer/words/counts.ts';
import { age, duration, secondsUntil } from '../../explorer/words/durations.ts';
import { billWords, estimateWords } from '../../explorer/words/line-words.ts';
import { HOW, sourceName } from '../../explorer/words/plan-words.ts';
import type { Explanation } from '../../explorer/wire/explanation.ts';
import type { How, Source } from '../../src/loading/plan.ts';

describe('the panel says', () => {
  it.each([
    [0, '0 ms'],
    [339.6, '340 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [1_249, '1.2 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min'],
    [61_000, '1 min 1 s'],
    [125_400, '2 min 5 s'],
    [3_600_000, '60 min'],
  ])('how long %d ms took: %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it.each([
    [-5, 'new'],
    [0, 'new'],
    [999, 'new'],
    [1_000, '1 second old'],
    [59_999, '59 seconds old'],
    [60_000, '1 minute old'],
    [3_599_999, '59 minutes old'],
    [7_200_000, '2 hours old'],
    [86_400_000, '1 day old'],
    [30 * 86_400_000, '30 days old'],
  ])('how old what was read %d ms ago is: %s', (ms, words) => {
    expect(age(ms)).toBe(words);
  });

  it.each([
    [1_000, 0, 1],
    [1_001, 0, 2],
    [1, 0, 1],
    [0, 0, 0],
    [0, 5_000, 0],
  ])('that from %2$d to %1$d it is %3$d s', (time, now, seconds) => {
    expect(secondsUntil(time, now)).toBe(seconds);
  });

  it('how many calls were made to which API', () => {
    expect(calls({ rest: 0, discovery: 0 })).toBe('no call');
    expect(calls({ rest: 1, discovery: 0 })).toBe('1 call (1 REST)');
    expect(calls({ rest: 2, discovery: 1_037 })).toBe('1,039 calls (2 REST, 1,037 Discovery)');
    expect(counted(21_020, 'object')).toBe('21,020 objects');
  });

  it('below an answer what it cost, and below an estimate that it is one', () => {
    const bill = { waitedMs: 0, plan: [], snapshotAsOf: null, notes: [], rateLimit: undefined, timeline: undefined };
    expect(billWords({ ...bill, calls: { rest: 1, discovery: 0 } }, 0)).toEqual(['1 call (1 REST)']);
    const waited = { ...bill, waitedMs: 1_200, calls: { rest: 0, discovery: 0 }, snapshotAsOf: '2026-01-01T00:00:00Z' };
    expect(billWords(waited, Date.parse('2026-01-01T00:02:00Z'))).toEqual([
      'no call',
      'waited 1.2 s',
      'oldest list 2 minutes old',
    ]);

    const explanation: Explanation = {
      estimatedCalls: 13,
      calls: { rest: 13, discovery: 0 },
      estimatedSeconds: 0,
      guessed: false,
      steps: [],
      objects: 1,
      limits: { calls: 1, objects: 1, seconds: 30 },
      refusal: null,
    };
    expect(estimateWords(explanation)).toEqual(['explained: 13 calls, none made']);
    const refusal = { code: 'OPERATION_TOO_COSTLY', message: 'Too much.' };
    expect(estimateWords({ ...explanation, guessed: true, refusal })).toEqual([
      'explained: about 13 calls, none made',
      'it would be refused',
    ]);
    expect(estimateWords({ ...explanation, estimatedCalls: 0 })).toEqual(['explained: no call']);
    expect(estimateWords(undefined)).toEqual(['explained: it cannot be asked']);
  });

  it('what every word of a plan means', () => {
    // A record: a word that is new in the gateway is missing here, as far as types go.
    const hows: Record<How, true> = { snapshot: true, scan: true, walk: true, read: true };
    expect(Object.keys(HOW).sort()).toEqual(Object.keys(hows).sort());
    const sources: Record<Source, string> = { REST: 'REST', DISCOVERY: 'Discovery', STATS: 'Statistics' };
    for (const [source, name] of Object.entries(sources)) expect(sourceName(source)).toBe(name);
    expect(sourceName('NEWER')).toBe('NEWER');
  });
});
