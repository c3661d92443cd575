/** What the READMEs of the examples say is executed, in their folders of a fresh clone. */
import { execute, serveOnce } from './execution.ts';
import { EXAMPLES_THAT_END, EXAMPLES_THAT_SERVE } from './example-commands.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;

beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

it.each(EXAMPLES_THAT_END)('$page: $command does what it should', (execution) => execute(execution, place));

it.each(EXAMPLES_THAT_SERVE)('$page: $command answers until Ctrl-C', (execution) => serveOnce(execution, place));
