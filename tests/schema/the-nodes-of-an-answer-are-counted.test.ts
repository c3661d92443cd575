import * as fc from 'fast-check';
import { parse } from 'graphql';
import { countNodes } from '../../src/schema/cost/count-nodes.ts';
import { readQuestion } from '../../src/schema/cost/question.ts';
import { encodeGlobalId } from '../../src/schema/global-id.ts';
import { schema } from '../../src/schema/schema.ts';
import { ask, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { countByAnswering } from '../support/full-pages.ts';

const LIMITS = { defaultPageSize: 2, maxPageSize: 4 };
const VARIABLES = { none: 0, one: 1, three: 3, tooMany: 5, nothing: null, yes: true, no: false };
const DECLARED =
  '$none: Int, $one: Int, $three: Int, $tooMany: Int, $nothing: Int, $yes: Boolean!, $no: Boolean!, $unsaid: Int, $usual: Int = 3';

function count(query: string, variables: Record<string, unknown> = {}, limits = LIMITS): number {
  const question = readQuestion({ schema, document: parse(query), variableValues: variables });
  if (!question) throw new Error('the question cannot be executed');
  return countNodes(question, limits);
}

/** Which lists and single things each type leads to. */
const LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Workspace: { collections: 'Collection', reports: 'Report', queries: 'ReportQuery', members: 'Member' },
  Collection: { reports: 'Report', queries: 'ReportQuery', charts: 'Chart' },
  Report: { queries: 'ReportQuery', charts: 'Chart' },
  ReportQuery: { charts: 'Chart' },
  Member: { reports: 'Report' },
  DataSource: { queries: 'ReportQuery' },
};
const SINGLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Collection: { creator: 'Member' },
  Report: { collection: 'Collection', lastRun: 'ReportRun' },
  ReportQuery: { report: 'Report', dataSource: 'DataSource' },
  Chart: { query: 'ReportQuery', creator: 'Member' },
  ReportRun: { report: 'Report' },
};

const page = fc.constantFrom(
  ...['', '(first: 0)', '(first: 1)', '(last: 3)', '(first: 5)', '(first: -1)', '(first: 1, last: 1)', '(first: null)'],
  ...['none', 'one', 'three', 'tooMany', 'nothing', 'unsaid', 'usual'].map((name) => `(first: $${name})`),
  '(last: $three)',
);
const condition = fc.constantFrom(
  '',
  '',
  '',
  '@include(if: $yes)',
  '@include(if: $no)',
  '@skip(if: $yes)',
  '@skip(if: $no)',
);
const alias = fc.constantFrom('', 'a: ', 'b: ');

/** A selection on a type, no deeper than `depth` things. Two fields of one name in it have aliases that differ. */
function selection(type: string, depth: number): fc.Arbitrary<string> {
  const name = type === 'Member' || type === 'Workspace' ? 'username' : 'token';
  if (depth === 0) return fc.constant(name);
  const lists = Object.entries(LISTS[type] ?? {}).map(([field, row]) =>
    fc
      .tuple(alias, page, condition, fc.constantFrom('nodes', 'edges', 'both', 'total'), selection(row, depth - 1))
      .map(([as, args, when, how, below]) => {
        const rows = { nodes: `nodes { ${below} }`, edges: `edges { cursor node { ${below} } }`, total: '' };
        const text = how === 'both' ? rows.nodes + rows.edges : rows[how];
        return `${as || `${field}: `}${field}${args} ${when} { totalCount ${text} }`;
      }),
  );
  const singles = Object.entries(SINGLES[type] ?? {}).map(([field, row]) =>
    fc.tuple(condition, selection(row, depth - 1)).map(([when, below]) => `${field} ${when} { ${below} }`),
  );
  const ways = [...lists, ...singles];
  if (ways.length === 0) return fc.constant(name);
  return fc
    .tuple(fc.uniqueArray(fc.oneof(...ways), { maxLength: 2, selector: (text) => /^\w+/.exec(text)?.[0] }), condition)
    .map(([fields, when]) => `${name} ... on ${type} ${when} { ${name} ${fields.join(' ')} }`);
}

describe('the number of objects an answer may hold', () => {
  it('is what an answer with full pages holds, for questions at random', async () => {
    await fc.assert(
      fc.asyncProperty(selection('Workspace', 4), async (below) => {
        const query = `query (${DECLARED}) { workspace { ${below} } }`;
        expect(count(query, VARIABLES)).toBe(await countByAnswering(query, VARIABLES, LIMITS));
      }),
      { numRuns: 300 },
    );
  });

  it('counts what ids and tokens name, each by its type', async () => {
    const ids = ['Collection', 'Report', 'Report'].map((type, index) => encodeGlobalId(type, `acme/t${index}`));
    const query = `query ($ids: [ID!]!) {
      nodes(ids: $ids) { id ... on Collection { reports { nodes { name } } } ... on Report { queries(first: 4) { nodes { name } } } }
      reports(tokens: ["a", "b", "c"]) { name creator { name } }
    }`;
    expect(count(query, { ids })).toBe(3 + 2 + 2 * 4 + 3 * 2);
    expect(await countByAnswering(query, { ids }, LIMITS)).toBe(3 + 2 + 2 * 4 + 3 * 2);
  });

  it('is 421,021 for twenty collections, fifty reports of each, their queries and charts', () => {
    const query = `{ workspace { collections(first: 20) { nodes { reports(first: 50) { nodes {
      queries { nodes { charts { nodes { title } } } } } } } } } }`;
    expect(count(query, {}, { defaultPageSize: 20, maxPageSize: 100 })).toBe(1 + 20 + 1_000 + 20_000 + 400_000);
  });

  it('is told by the variables of each request, also when the same document was answered a moment ago', async () => {
    const mode = await startSmallMode();
    const gateway = gatewayOver({ ...envFor(mode), MAX_NODES: '2000' });
    const query = `query ($n: Int!) { workspace { collections(first: $n) { nodes { reports(first: $n) { nodes { token } } } } } }`;
    for (const [n, expected] of [
      [5, []],
      [100, ['OPERATION_TOO_COSTLY']],
      [5, []],
      [44, []],
      [45, ['OPERATION_TOO_COSTLY']],
    ] as const) {
      const before = mode.ledger.entries.length;
      const answer = await ask(gateway, query, { n });
      expect(codes(answer)).toEqual(expected);
      if (expected.length === 0) continue;
      expect(mode.ledger.entries).toHaveLength(before);
      expect(answer.errors?.[0]?.extensions).toEqual({
        code: 'OPERATION_TOO_COSTLY',
        bound: 'nodes',
        limit: 2_000,
        found: 1 + n + n * n,
      });
      expect(answer.extensions?.upstream.calls).toEqual({ rest: 0, discovery: 0 });
    }
    await gateway.dispose();
    await mode.close();
  });
});
