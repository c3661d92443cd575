/**
 * S1, in every test there is: whatever a gateway logs, answers or stores in a test, none of its secrets is in it.
 * The gateways of tests/support are watched (secret-watch.ts), and jest runs this after each test.
 */
import { takeLeaks } from './leaks.ts';

const nothingLeaked = (): void => {
  expect(takeLeaks()).toEqual([]);
};

afterEach(nothingLeaked);
afterAll(nothingLeaked);
