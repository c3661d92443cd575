import { getIntrospectionQuery } from 'graphql';
import type { Gateway } from '../../src/gateway.ts';
import { schema } from '../../src/schema/schema.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { misspeltQuestions } from '../support/misspelt.ts';

describe('with INTROSPECTION=off', () => {
  let mode: Simulator;
  let closed: Gateway;
  let open: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode();
    closed = gatewayOver({ ...envFor(mode), INTROSPECTION: 'off' });
    open = gatewayOver(envFor(mode));
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await Promise.all([closed.dispose(), open.dispose()]);
    await mode.close();
  });

  it.each([
    ['the whole schema', getIntrospectionQuery()],
    ['__schema', '{ __schema { queryType { name } } }'],
    ['__type', '{ __type(name: "Report") { name } }'],
    ['__schema by another name', '{ a: __schema { queryType { name } } }'],
    ['__type in a fragment', '{ ...F } fragment F on Query { ... { __type(name: "Report") { kind } } }'],
    ['__schema beside a question', '{ workspace { name } __schema { queryType { name } } }'],
  ])('%s is refused with a code, at no call', async (_what, query) => {
    const answer = await ask(closed, query);
    expect(codes(answer)).toEqual(['INTROSPECTION_DISABLED']);
    expect(answer.data).toBeUndefined();
    expect(mode.ledger.entries).toEqual([]);
    expect((await ask(open, query)).errors).toBeUndefined();
  });

  it('__typename is answered', async () => {
    const answer = await ask(closed, '{ __typename workspace { __typename username } }');
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      __typename: 'Query',
      workspace: { __typename: 'Workspace', username: mode.workspace },
    });
  });

  it('no misspelt name of the schema is put right, wherever it stands, and none costs a call', async () => {
    const questions = misspeltQuestions(schema);
    const guess = /did you mean/i;
    let guessed = 0;
    for (const { query, variables } of questions) {
      const [shown, hidden] = [await ask(open, query, variables), await ask(closed, query, variables)];
      const said = JSON.stringify(hidden.errors);
      if (guess.test(JSON.stringify(shown.errors))) guessed += 1;
      expect([query, variables, said]).toEqual([query, variables, expect.not.stringMatching(guess)]);
      // The same errors otherwise.
      expect([query, variables, codes(hidden)]).toEqual([query, variables, codes(shown)]);
    }
    // Or the test would show nothing.
    expect(guessed).toBeGreaterThan(questions.length / 2);
    expect(mode.ledger.entries).toEqual([]);
  }, 120_000);

  it('nothing but the suggestion is taken out of a message', async () => {
    const query = 'query ($by: ReportOrder) { workspace { reports(orderBy: $by) { totalCount } } }';
    const answer = await ask(closed, query, { by: { field: 'NAM' } });
    expect(answer.errors?.map(({ message }) => message)).toEqual([
      'Variable "$by" got invalid value "NAM" at "by.field"; Value "NAM" does not exist in "ReportOrderField" enum.',
    ]);
  });
});
