import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, bill, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { textAt } from '../support/tree.ts';

describe('arguments that cannot be', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode));
  });

  afterAll(() => mode.close());

  it.each([
    ['first: 101', 'BAD_USER_INPUT', 'first'],
    ['first: -1', 'BAD_USER_INPUT', 'first'],
    ['last: 101', 'BAD_USER_INPUT', 'last'],
    ['last: -1', 'BAD_USER_INPUT', 'last'],
    ['first: 1, last: 1', 'BAD_USER_INPUT', 'first'],
    ['after: "garbage"', 'INVALID_CURSOR', 'after'],
    ['after: ""', 'INVALID_CURSOR', 'after'],
    ['before: "WzEsIngiLG51bGwsImEiXQ"', 'INVALID_CURSOR', 'before'],
  ])('%s is %s, names the argument and costs no call, on every list', async (args, code, argument) => {
    for (const query of [
      `{ workspace { username collections(${args}) { totalCount } } }`,
      `{ workspace { username reports(${args}) { totalCount } } }`,
    ]) {
      const { answer, calls } = await bill(mode, gateway, query);
      expect(codes(answer)).toEqual([code]);
      expect(answer.errors?.[0]?.extensions?.argument).toBe(argument);
      expect(answer.data).toMatchObject({ workspace: { username: 'acme' } });
      expect(calls).toEqual([]);
    }
  });

  it('cursors of another list, order or filter are refused without a call', async () => {
    const source = await ask(gateway, '{ workspace { collections(first: 1) { pageInfo { endCursor } } } }');
    const after = textAt(source.data, 'workspace.collections.pageInfo.endCursor');
    for (const list of [
      `reports(after: "${after}")`,
      `collections(after: "${after}", orderBy: { field: NAME, direction: DESC })`,
      `collections(after: "${after}", filter: { types: ["custom"] })`,
    ]) {
      const { answer, calls } = await bill(mode, gateway, `{ workspace { ${list} { totalCount } } }`);
      expect(codes(answer)).toEqual(['INVALID_CURSOR']);
      expect(calls).toEqual([]);
    }
    const same = await ask(
      gateway,
      `{ workspace { collections(after: "${after}", orderBy: { field: NAME }, filter: {}) { nodes { token } } } }`,
    );
    expect(same.errors).toBeUndefined();
  });

  it('first: 0 counts without showing, and null arguments are like none', async () => {
    const answer = await ask(
      gateway,
      `{ workspace {
        none: collections(first: 0) { totalCount nodes { token } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
        nulls: collections(first: null, after: null, last: null, before: null, filter: null, orderBy: null) { totalCount }
      } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      workspace: {
        none: {
          totalCount: 6,
          nodes: [],
          edges: [],
          pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
        },
        nulls: { totalCount: 6 },
      },
    });
  });

  it('an empty list has null cursors and nothing before or after', async () => {
    const answer = await ask(
      gateway,
      '{ workspace { collections(filter: { search: "no such thing" }) { totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }',
    );
    expect(answer.data).toEqual({
      workspace: {
        collections: {
          totalCount: 0,
          edges: [],
          pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
        },
      },
    });
  });

  it.each([
    '../../account',
    'a/b',
    'a%2Fb',
    '',
    ' ',
    'a?b',
    'a#b',
    '.',
    '..',
    'ä',
    'x'.repeat(65),
    'a\\u0000b',
    'a\\nb',
  ])('the token "%s" is refused without a call, and its siblings are answered', async (token) => {
    const { answer, calls } = await bill(
      mode,
      gateway,
      `{
          collection(token: "${token}") { name }
          report(token: "${token}") { name }
          reports(tokens: ["${token}"]) { name }
          reportQuery(reportToken: "abc", token: "${token}") { name }
          chart(reportToken: "abc", queryToken: "${token}", token: "abc") { title }
          dataSource(token: "${token}") { name }
          workspace { username }
        }`,
    );
    expect(codes(answer)).toEqual(Array.from({ length: 6 }, () => 'BAD_USER_INPUT'));
    expect(answer.data).toMatchObject({ reports: [null], workspace: { username: 'acme' } });
    expect(calls).toEqual([]);
  });

  it('more things by name than a page may hold are refused without a call', async () => {
    const tokens = Array.from({ length: 101 }, (_, index) => `t${index}`);
    const { answer, calls } = await bill(
      mode,
      gateway,
      'query ($tokens: [String!]!, $ids: [ID!]!) { reports(tokens: $tokens) { name } nodes(ids: $ids) { id } }',
      { tokens, ids: tokens },
    );
    expect(codes(answer)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(calls).toEqual([]);
  });
});
