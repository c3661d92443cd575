import { readMaxAge } from '../../src/loading/freshness.ts';

describe('how old an answer may be', () => {
  const cases: [string | null, number | undefined][] = [
    [null, undefined],
    ['', undefined],
    [',, ,', undefined],
    ['max-age=60', 60_000],
    ['Max-Age=60', 60_000],
    ['  max-age=60  ', 60_000],
    ['max-age="60"', 60_000],
    ['max-age=0', 0],
    ['max-age=000060', 60_000],
    ['max-age=31536000', 31_536_000_000],
    ['no-cache', 0],
    ['NO-CACHE', 0],
    ['no-store', 0],
    ['max-age=60, no-cache', 0],
    ['no-cache,max-age=60', 0],
    ['no-transform, max-age=60', 60_000],
    ['max-age=60, max-age=5', 5_000],
    ['max-age=5, max-age=60', 5_000],
    ['max-stale=60', undefined],
    ['max-stale, min-fresh=5, only-if-cached', undefined],
    ['s-maxage=60', undefined],
    ['x-max-age=60', undefined],
    ['max-age', undefined],
    ['max-age=', undefined],
    ['max-age=-1', undefined],
    ['max-age=1.5', undefined],
    ['max-age=1e3', undefined],
    ['max-age=soon', undefined],
    ['max-age=soon, max-age=7', 7_000],
    ['no-cache-please', undefined],
    ['community="no-cache"', undefined],
  ];

  it.each(cases)('is read from %j as %p ms', (header, expected) => {
    expect(readMaxAge(header)).toBe(expected);
  });

  it('is a number of milliseconds however large the number of seconds', () => {
    expect(readMaxAge(`max-age=${'9'.repeat(30)}`)).toBeGreaterThan(1e30);
  });
});
