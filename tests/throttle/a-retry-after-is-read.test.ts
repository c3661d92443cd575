import { pauseAfterRefusal } from '../../src/throttle/retry-after.ts';

const NOW = Date.UTC(2026, 8, 1, 12);
const WINDOWS = [
  { limit: 200, lengthMs: 60_000 },
  { limit: 40, lengthMs: 10_000 },
];

it.each([
  ['no header', null, 10_000],
  ['an empty one', '', 10_000],
  ['seconds', '7', 7_000],
  ['seconds between blanks', ' 7 ', 7_000],
  ['parts of a second', '2.5', 2_500],
  ['zero', '0', 1_000],
  ['a blink', '0.01', 1_000],
  ['a date', 'Tue, 01 Sep 2026 12:00:07 GMT', 7_000],
  ['a date in the old style', 'Tuesday, 01-Sep-26 12:00:07 GMT', 7_000],
  ['the date of now', 'Tue, 01 Sep 2026 12:00:00 GMT', 1_000],
  ['a past date', 'Tue, 01 Sep 2026 11:00:00 GMT', 1_000],
  ['a negative number', '-5', 10_000],
  ['garbage', 'soon', 10_000],
  ['garbage with a number', 'soon 5', 10_000],
  ['two numbers', '1 2', 10_000],
  ['an exponent', '1e3', 10_000],
  ['a month that is no date', 'Febtober', 10_000],
  ['something absurd, which is not believed whole', '86400', 600_000],
  ['a moment in seconds since the epoch, as some services send it', String(NOW / 1_000 + 30), 30_000],
  ['more than a number can be', '9'.repeat(400), 10_000],
])('%s', (_, header, pause) => {
  expect(pauseAfterRefusal(header, WINDOWS, NOW)).toBe(pause);
});
