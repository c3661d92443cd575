import fc from 'fast-check';
import { isPassingStatus, retryDelayMs } from '../../src/mode/retry-policy.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempt = fc.integer({ min: 1, max: 60 });

it('between half of its bound and the whole of it, which doubles up to five seconds', () => {
  fc.assert(
    fc.property(attempt, random, (number, chance) => {
      const bound = Math.min(5_000, 300 * 2 ** (number - 1));
      const delay = retryDelayMs(number, chance);
      expect(delay).toBeGreaterThanOrEqual(bound / 2);
      expect(delay).toBeLessThanOrEqual(bound);
    }),
  );
});

it('and never less than the time before, by the same luck', () => {
  fc.assert(
    fc.property(attempt, random, (number, chance) => {
      expect(retryDelayMs(number + 1, chance)).toBeGreaterThanOrEqual(retryDelayMs(number, chance));
    }),
  );
});

it.each([
  [200, false],
  [302, false],
  [400, false],
  [401, false],
  [403, false],
  [404, false],
  [408, true],
  [422, false],
  [429, false],
  [500, true],
  [502, true],
  [503, true],
  [504, true],
])('a status of %d may pass: %p', (status, passes) => {
  expect(isPassingStatus(status)).toBe(passes);
});
