import { buildClientSchema, getIntrospectionQuery, parse, validate, type IntrospectionQuery } from 'graphql';
import type { Gateway } from '../../../src/gateway.ts';
import { isFitToCompile } from '../../../src/schema/compiled/fit-to-compile.ts';
import { schema } from '../../../src/schema/schema.ts';
import type { Simulator } from '../../../src/simulator/index.ts';
import { dressed, type DressedQuestion } from '../../support/dressed-questions.ts';
import { ask, envWithDiscovery, gatewayOver, PATIENT, startSmallMode, type Answer } from '../../support/gateway.ts';
import { randomQuestions } from '../../support/random-questions.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const SEED = Number(process.env.TEST_SEED ?? 4_711);

/** An answer without what its making cost. */
function said({ data, errors }: Answer): unknown {
  return { data, errors };
}

describe('a compiled operation', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode();
    // Each question is asked twice: carried out as it stands the first time, compiled the second.
    const once = { COMPILE_AFTER: '1', ANSWER_CACHE_SIZE: '0MB' };
    gateway = gatewayOver({ ...envWithDiscovery(mode), ...PATIENT, ...once, MAX_UPSTREAM_CALLS: '100000' });
  });
  afterAll(async () => {
    await gateway.dispose();
    await mode.close();
  });

  async function bothSay({ query, variables }: DressedQuestion): Promise<unknown> {
    const expected = said(await ask(gateway, query, variables));
    const found = said(await ask(gateway, query, variables));
    expect({ query, variables, said: found }).toEqual({ query, variables, said: expected });
    return found;
  }

  it('says what graphql-js says, to random questions with variables, conditions and fragments', async () => {
    const random = seededRandom(SEED);
    let whole = 0;
    let compiled = 0;
    for (const question of randomQuestions(mode.world, SEED, 50, { lists: 2, first: 6, firstBelow: 3 })) {
      // Those with conditions are not compiled, and must not be spoilt by it.
      const asked = dressed(question, random, random() < 0.2);
      if (isFitToCompile(parse(asked.query))) compiled++;
      expect(validate(schema, parse(asked.query)).map(({ message }) => `${message}\n${asked.query}`)).toEqual([]);
      const { errors } = (await bothSay(asked)) as Answer;
      if (!errors) whole++;
    }
    expect(whole).toBeGreaterThan(35);
    expect(compiled).toBeGreaterThan(30);
  });

  it('knows what was left out from null', async () => {
    const query = `query ($search: String, $first: Int, $after: String) {
      workspace { reports(first: $first, after: $after, filter: { search: $search, or: [{ search: $search }, { neverViewed: false }] }) { totalCount nodes { name } } }
    }`;
    for (const variables of [{}, { search: null }, { search: 'e', first: 3 }, { first: null, after: null }])
      await bothSay({ query, variables });
  });

  it('finds filters that hold filters in a variable', async () => {
    const query = `query ($filter: ReportFilter) { workspace { reports(filter: $filter) { totalCount nodes { name createdAt } } } }`;
    const createdAt = { after: '2019-05-05T00:00:00+02:00' };
    const filter = { or: [{ search: 'e', or: [{ createdAt }] }, { neverRun: true }] };
    const answer = (await bothSay({ query, variables: { filter } })) as Answer;
    expect(answer.errors).toBeUndefined();
  });

  it('carries out the operation that is named, of several', async () => {
    const query = `query A { workspace { ...W } } query B($n: Int!) { workspace { ...W reports(first: $n) { nodes { name } } } } fragment W on Workspace { name }`;
    const say = async (operationName: string): Promise<unknown> => {
      const body = JSON.stringify({ query, operationName, variables: { n: 2 } });
      const headers = { 'content-type': 'application/json' };
      const response = await gateway.yoga.fetch('http://gateway/graphql', { method: 'POST', headers, body });
      return said((await response.json()) as Answer);
    };
    for (const name of ['A', 'B', 'C']) {
      const expected = await say(name);
      expect(await say(name)).toEqual(expected);
    }
  });

  it('tells two fields apart whose paths read alike', async () => {
    const [report] = mode.world.reports;
    const [query] = mode.world.queries;
    const text = `{
      c: reportQuery(reportToken: "${query?.reportToken ?? ''}", token: "${query?.token ?? ''}") { report { name viewCount } }
      report_c: report(token: "${report?.token ?? ''}") { id }
      workspace { reports(first: 2) { nodes { name creator { username } } } }
      reports_workspace: workspace { name }
    }`;
    const { errors } = (await bothSay({ query: text, variables: {} })) as Answer;
    expect(errors).toBeUndefined();
  });

  it('tells of the schema', async () => {
    const { data } = (await bothSay({ query: getIntrospectionQuery(), variables: {} })) as { data: IntrospectionQuery };
    expect(Object.keys(buildClientSchema(data).getTypeMap())).toContain('ReportFilter');
  });

  it.each<[string, string, DressedQuestion['variables']]>([
    ['an unknown report', '{ report(token: "000000000000") { name } }', {}],
    ['one of many unknown', '{ reports(tokens: ["000000000000", "nonsense"]) { name } }', {}],
    ['a page too large', '{ workspace { reports(first: 100000) { nodes { name } } } }', {}],
    [
      'a page too large, beside what is right',
      '{ workspace { name a: reports(first: -1) { totalCount } collections { totalCount } } }',
      {},
    ],
    ['a cursor of nothing', '{ workspace { reports(after: "x") { nodes { name } } } }', {}],
    ['a variable of the wrong type', 'query ($n: Int) { workspace { reports(first: $n) { totalCount } } }', { n: 'x' }],
    ['a variable that is missing', 'query ($t: String!) { report(token: $t) { name } }', {}],
    ['null for what must be there', 'query ($t: String = "a") { report(token: $t) { name } }', { t: null }],
    [
      'a field that a filter has not',
      'query ($f: ReportFilter) { workspace { reports(filter: $f) { totalCount } } }',
      { f: { no: 1 } },
    ],
    ['an id of no kind', '{ node(id: "bm9uc2Vuc2U=") { id } }', {}],
    ['some ids of no kind', 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids: ['x', 'y'] }],
  ])('says the same of %s', async (_, query, variables) => {
    await bothSay({ query, variables });
  });
});
