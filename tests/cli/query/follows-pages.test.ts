import { parse, print, validate } from 'graphql';
import { findConnection } from '../../../src/cli/following/find-connection.ts';
import { pageDocuments, type PageDocuments } from '../../../src/cli/following/page-documents.ts';
import { readQuestion } from '../../../src/cli/asking/read-question.ts';
import { schema } from '../../../src/schema/schema.ts';
import type { Simulator } from '../../../src/simulator/index.ts';
import { run } from '../../support/command.ts';
import { envFor, startSmallMode, type Answer } from '../../support/gateway.ts';
import { inOrder } from '../../support/world-order.ts';
import { listAt } from '../../support/tree.ts';

async function documentsOf(text: string): Promise<PageDocuments | string> {
  const question = await readQuestion(undefined, { text });
  const found = findConnection(question, schema);
  return typeof found === 'string' ? found : pageDocuments(question, found);
}

/** As the same is written by a person. */
const tidy = (text: string): string => print(parse(text));

async function rewritten(text: string): Promise<{ first: string; next: string }> {
  const documents = await documentsOf(text);
  if (typeof documents === 'string') throw new Error(documents);
  for (const document of [documents.first, documents.next]) expect(validate(schema, document)).toEqual([]);
  return { first: print(documents.first), next: print(documents.next) };
}

describe('a question whose pages are followed', () => {
  it('also asks where the page ends, and then for the connection alone', async () => {
    const text =
      '{ workspace { name reports(first: 2) { totalCount nodes { name } } } dataSources: workspace { name } }';
    const { first, next } = await rewritten(text);
    expect(first).toBe(
      tidy(`{
        workspace { name reports(first: 2) { totalCount nodes { name } _page: pageInfo { hasNextPage endCursor } } }
        dataSources: workspace { name }
      }`),
    );
    expect(next).toBe(
      tidy(`query ($_after: String) {
        workspace {
          reports(first: 2, after: $_after) { totalCount nodes { name } _page: pageInfo { hasNextPage endCursor } }
        }
      }`),
    );
  });

  it('keeps its fragments, variables and directives as far as they are needed', async () => {
    const text = `
      query All($n: Int, $after: String, $_after: Boolean = true, $token: String!) {
        ...Top @include(if: $_after)
        report(token: $token) { name }
      }
      fragment Top on Query { workspace { ... on Workspace { found: reports(first: $n, after: $after) { ...Rows } } ...Name } }
      fragment Rows on ReportConnection { nodes { token ...Creator } }
      fragment Creator on Report { creator { name } }
      fragment Name on Workspace { name }`;
    const { first, next } = await rewritten(text);
    expect(first).toContain('report(token: $token)');
    expect(next).toBe(
      tidy(`query All($n: Int, $_after: Boolean = true, $_after_: String) {
        ... on Query @include(if: $_after) {
          workspace {
            ... on Workspace {
              found: reports(first: $n, after: $_after_) { ...Rows _page: pageInfo { hasNextPage endCursor } }
            }
          }
        }
      }
      fragment Rows on ReportConnection { nodes { token ...Creator } }
      fragment Creator on Report { creator { name } }`),
    );
  });

  it.each([
    ['{ workspace { name } }', 'there is no connection in it, such as "reports"'],
    [
      '{ nodes(ids: ["a"]) { ... on Collection { reports { nodes { name } } } } }',
      '"nodes.reports" stands inside the list "nodes", so there is one for each row',
    ],
    [
      '{ workspace { reports(last: 2) { nodes { name } } } }',
      '"workspace.reports" is read backward ("last"); use "first" and "after"',
    ],
    [
      '{ workspace { reports { nodes { name } } ...F } } fragment F on Workspace { reports { totalCount } }',
      '"workspace.reports" is selected more than once; put what is selected of it in one place',
    ],
  ])('cannot be %s, and it is said why', async (text, reason) => {
    expect(await documentsOf(text)).toBe(reason);
  });
});

describe('mode-graphql query --all', () => {
  let mode: Simulator;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  beforeEach(() => {
    mode.faults.clear();
    mode.ledger.clear();
  });

  afterAll(() => mode.close());

  const byName = () => inOrder(mode.world.dataSources, ({ name }) => name);

  it('reads the first list to its end, once, and prints it as one answer with the sum of the bills', async () => {
    const text = `query All($n: Int) {
      workspace {
        username
        reports(first: $n, orderBy: { field: NAME, direction: ASC }) {
          totalCount
          pageInfo { hasPreviousPage hasNextPage startCursor }
          edges { cursor }
          nodes { token name }
        }
      }
      dataSources: workspace { dataSources { nodes { name } } }
    }`;
    const args = ['query', '--all', '--text', text, '--variables', '{"n": 3}'];
    const { code, stdout, stderr } = await run(args, { env: envFor(mode) });
    expect(code).toBe(0);
    const { data, extensions } = JSON.parse(stdout) as Answer;
    const nodes = inOrder(mode.world.reports, ({ name }) => name).map(({ token, name }) => ({ token, name }));
    const edges = listAt(data, 'workspace.reports.edges');
    expect(nodes.length).toBe(40);
    expect(data).toEqual({
      workspace: {
        username: mode.workspace,
        reports: {
          totalCount: nodes.length,
          pageInfo: {
            hasPreviousPage: false,
            hasNextPage: false,
            startCursor: (edges[0] as { cursor: string }).cursor,
          },
          edges,
          nodes,
        },
      },
      dataSources: { dataSources: { nodes: byName().map(({ name }) => ({ name })) } },
    });
    expect(new Set(edges.map((edge) => JSON.stringify(edge))).size).toBe(nodes.length);
    const calls = mode.ledger.entries.length;
    expect(extensions?.upstream.calls).toEqual({ rest: calls, discovery: 0 });
    expect(stderr).toMatch(new RegExp(`^14 pages were read\\.\n${calls} calls to Mode, `));
    // What stands beside the list is asked with the first page only.
    expect(mode.ledger.calls({ path: '/data_sources' })).toHaveLength(1);
  });

  it('tells of a row’s error at the place that the row has among all', async () => {
    const order = inOrder(mode.world.reports, ({ name }) => name);
    const broken = order.findIndex(({ token }, place) => place > 10 && mode.world.queriesByReport.has(token));
    mode.faults.inject({ match: `/reports/${order[broken]?.token ?? ''}/queries`, kind: 'html200' });
    const text =
      '{ workspace { reports(first: 10, orderBy: { field: NAME, direction: ASC }) { nodes { token queries { nodes { sql } } } } } }';
    const { code, stdout, stderr } = await run(['query', '--all', '--text', text], { env: envFor(mode) });
    expect(code).toBe(3);
    const { data, errors = [] } = JSON.parse(stdout) as Answer;
    expect(errors.map(({ path }) => path)).toEqual([['workspace', 'reports', 'nodes', broken, 'queries']]);
    expect(listAt(data, 'workspace.reports.nodes')[broken]).toEqual({ token: order[broken]?.token, queries: null });
    expect(stderr).toContain(`(at workspace.reports.nodes.${broken}.queries, UPSTREAM_INVALID_RESPONSE)`);
  });

  it('prints what it has when a page cannot be read, and exits 3', async () => {
    // Without a catalog nothing is kept from one page to the next, so each reads the list of data sources.
    const text = '{ workspace { dataSources(first: 2) { nodes { name } } } }';
    mode.faults.inject({ match: '/data_sources', kind: 'html200', skip: 1 });
    const { code, stdout, stderr } = await run(['query', '--all', '--text', text], { env: envFor(mode) });
    expect(code).toBe(3);
    const { data, errors = [] } = JSON.parse(stdout) as Answer;
    expect(data).toEqual({
      workspace: {
        dataSources: {
          nodes: byName()
            .slice(0, 2)
            .map(({ name }) => ({ name })),
        },
      },
    });
    expect(errors).toHaveLength(1);
    expect(stderr).toContain('Page 2 could not be read; those before it are printed.\n');
  });

  it('exits 2 when there is nothing to follow, and asks nobody', async () => {
    const { code, stdout, stderr } = await run(['query', '--all', '--text', '{ workspace { name } }'], {
      env: envFor(mode),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('--all cannot follow this question: there is no connection in it, such as "reports".\n');
    expect(mode.ledger.entries).toEqual([]);
  });
});
