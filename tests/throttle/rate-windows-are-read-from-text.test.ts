import fc from 'fast-check';
import { parseRateWindows } from '../../src/throttle/rate-window.ts';

it.each([
  ['40/10s', [{ limit: 40, lengthMs: 10_000 }]],
  ['1/1ms', [{ limit: 1, lengthMs: 1 }]],
  ['200/1m', [{ limit: 200, lengthMs: 60_000 }]],
  ['5/5.5s', [{ limit: 5, lengthMs: 5_500 }]],
  [' 40 / 10s ', [{ limit: 40, lengthMs: 10_000 }]],
  [
    '40/10s,200/60s',
    [
      { limit: 40, lengthMs: 10_000 },
      { limit: 200, lengthMs: 60_000 },
    ],
  ],
  [
    '40/10s , 1/1s',
    [
      { limit: 40, lengthMs: 10_000 },
      { limit: 1, lengthMs: 1_000 },
    ],
  ],
])('%j is read', (text, windows) => {
  expect(parseRateWindows(text)).toEqual(windows);
});

it.each(['', ',', '40', '40/10', '/10s', '40/s', '0/10s', '40/0s', '-1/10s', '1.5/10s', '40/10h', '40:10s', '40/10s,'])(
  '%j is refused',
  (text) => {
    expect(() => parseRateWindows(text)).toThrow(TypeError);
  },
);

it('says which part is wrong, and what it should look like', () => {
  expect(() => parseRateWindows('40/10s, often')).toThrow(
    '"often" is not a rate window; write calls per time, such as 40/10s',
  );
});

it('reads whatever it would be written as', () => {
  const window = fc.record({ limit: fc.integer({ min: 1, max: 1e6 }), seconds: fc.integer({ min: 1, max: 1e5 }) });
  fc.assert(
    fc.property(fc.array(window, { minLength: 1, maxLength: 4 }), (windows) => {
      const text = windows.map(({ limit, seconds }) => `${limit}/${seconds}s`).join(',');
      expect(parseRateWindows(text)).toEqual(
        windows.map(({ limit, seconds }) => ({ limit, lengthMs: seconds * 1_000 })),
      );
    }),
  );
});
