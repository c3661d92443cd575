/** Every command of the pages that ends by itself is executed, over a simulated Mode, and what it shows is looked at. */
import { describeInTerminal } from '../../support/terminal.ts';
import { QUESTIONS, TASKS } from './ending-commands.ts';
import { execute } from './execution.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;

beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

const EXECUTIONS = [...QUESTIONS, ...TASKS];

describe('As the pages say', () => {
  it.each(EXECUTIONS.filter(({ inTerminal }) => !inTerminal))('$command shows what it should', (execution) =>
    execute(execution, place),
  );
});

describeInTerminal('As the pages say, in a terminal', () => {
  it.each(EXECUTIONS.filter(({ inTerminal }) => inTerminal))('$command shows what it should', (execution) =>
    execute(execution, place),
  );
});
