/** Every command of the pages that goes on until it is stopped is started, asked something, and stopped by Ctrl-C. */
import { serveOnce } from './execution.ts';
import { openPlace, type Place } from './place.ts';
import { THROUGH_PROXIES } from './proxied-commands.ts';
import { SERVING } from './serving-commands.ts';

let place: Place;

beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

it.each([...SERVING, ...THROUGH_PROXIES])('$command answers until Ctrl-C', (execution) => serveOnce(execution, place));
