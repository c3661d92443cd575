import { GraphQLError } from 'graphql';
import type { Gateway } from '../../src/gateway.ts';
import { createMaskError } from '../../src/server/mask-error.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { some } from '../support/world-order.ts';

describe('what an error looks like to the caller', () => {
  const unforeseen: unknown[] = [];
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode), { reportError: (error) => unforeseen.push(error) });
  });

  beforeEach(() => {
    mode.faults.clear();
    mode.ledger.clear();
    unforeseen.length = 0;
  });

  afterAll(() => mode.close());

  it.each([
    ['{ workspace', 'GRAPHQL_PARSE_FAILED'],
    ['{ workspace { nme } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ workspace { collections(first: "x") { totalCount } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ workspace { collections(orderBy: { field: NOPE }) { totalCount } } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      '{ workspace { reports(filter: { createdAt: { after: "yesterday" } }) { totalCount } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s is %s, and costs no call', async (query, code) => {
    const answer = await ask(gateway, query);
    expect(codes(answer)).toEqual([code]);
    expect(answer.data).toBeUndefined();
    expect(mode.ledger.entries).toEqual([]);
    expect(unforeseen).toEqual([]);
  });

  it.each([
    ['query ($first: Int) { workspace { collections(first: $first) { totalCount } } }', { first: 'x' }],
    ['query ($id: ID!) { node(id: $id) { id } }', {}],
    ['query ($id: ID!) { node(id: $id) { id } }', { id: null }],
    [
      'query ($at: DateTime) { workspace { reports(filter: { createdAt: { after: $at } }) { totalCount } } }',
      { at: 'yesterday' },
    ],
    ['query ($by: ReportOrder) { workspace { reports(orderBy: $by) { totalCount } } }', { by: { field: 'NOPE' } }],
    [
      'query ($by: ReportOrder) { workspace { reports(orderBy: $by) { totalCount } } }',
      { by: { field: 'NAME', direction: null } },
    ],
  ])('variables that do not fit %s are BAD_USER_INPUT, and cost no call', async (query, variables) => {
    const answer = await ask(gateway, query, variables);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(mode.ledger.entries).toEqual([]);
    expect(unforeseen).toEqual([]);
  });

  it('masks what nobody foresaw and reports it', () => {
    const cause = new Error('marked: connecting to db-7 as root failed');
    const maskError = createMaskError((error) => unforeseen.push(error));
    const path = ['workspace', 'name'];
    for (const thrown of [cause, new GraphQLError(cause.message, { originalError: cause, path })]) {
      const shown = maskError(thrown);
      expect(shown.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
      expect(JSON.stringify(shown)).not.toContain('marked');
      expect(shown.path).toEqual('path' in thrown ? path : undefined);
    }
    expect(unforeseen).toEqual([cause, cause]);
  });

  it('reports nothing when a caller has hung up', () => {
    const maskError = createMaskError((error) => unforeseen.push(error));
    const abort = new DOMException('This operation was aborted', 'AbortError');
    maskError(abort);
    maskError(new Error('The call failed.', { cause: abort }));
    expect(unforeseen).toEqual([]);
  });

  it('does not blame the caller for a number of Mode’s that its type cannot hold', async () => {
    const report = some(mode.world.reports);
    mode.faults.inject({
      match: `/reports/${report.token}`,
      kind: 'mutate',
      mutate: (payload) => ({ ...(payload as object), view_count: 3_000_000_000 }),
    });
    const answer = await ask(gateway, `{ report(token: "${report.token}") { name viewCount } }`);
    expect(answer.data).toEqual({ report: { name: report.name, viewCount: null } });
    expect(codes(answer)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(unforeseen).toHaveLength(1);
    expect(JSON.stringify(answer.errors)).not.toContain('3000000000');
  });

  it('shows no stack', async () => {
    const answer = await ask(gateway, '{ node(id: "garbage") { id } }');
    expect(JSON.stringify(answer)).not.toMatch(/stack|\.ts:\d+/);
  });
});
