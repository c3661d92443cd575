import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { judgeSchema, type SchemaStep } from '../../scripts/release/judge-schema.ts';
import { releasedVersion } from '../../scripts/release/released-schema.ts';

const OLD = '    old: String @deprecated(reason: "Use name. Removed from 2026-06-01 on.")\n';
const NAME = '    name: String\n';
const RELEASED = `
  enum Kind { LINE BAR }
  input Filter { text: String }
  type Report {
    id: ID!
${NAME}    nameOf: String
${OLD}    queries(first: Int, kind: Kind): [String]
  }
  type Query { report(filter: Filter): Report }
`;

const changelogWith = (item: string): string =>
  `# Changelog\n\n## [Unreleased]\n\n### Removed\n\n- Something else.\n${item}\n\n## [1.4.2] - 2026-01-01\n\n- BREAKING: \`Report.name\` is gone.\n`;
const marked = (coordinate: string): Partial<SchemaStep> => ({
  changelog: changelogWith(`- BREAKING: \`${coordinate}\` is gone, or other than\n  it was.`),
});

/** The step from what was released, with one piece of text replaced by another. */
const step = (from: string, to: string, changes: Partial<SchemaStep> = {}): SchemaStep => {
  if (!RELEASED.includes(from)) throw new Error(`there is no ${from}`);
  return {
    released: buildSchema(RELEASED),
    releasedVersion: '1.4.2',
    current: buildSchema(RELEASED.replace(from, to)),
    nextVersion: '2.0.0',
    changelog: changelogWith(''),
    today: '2026-11-26',
    ...changes,
  };
};

describe('a schema that breaks callers', () => {
  it.each([
    ['a field that is gone', NAME, '', 'Report.name'],
    ['a field that was deprecated first', OLD, '', 'Report.old'],
    ['a field that may be null now', 'id: ID!', 'id: ID', 'Report.id'],
    ['a value of an enum that is gone', 'LINE BAR', 'LINE', 'Kind.BAR'],
    ['an argument that is gone', ', kind: Kind', '', 'Report.queries(kind:)'],
    ['an argument that must be given now', 'first: Int', 'first: Int!', 'Report.queries(first:)'],
    ['another argument that must be given', 'first: Int', 'last: Int!, first: Int', 'Report.queries(last:)'],
    ['an input field that is gone', '{ text: String }', '{ title: String }', 'Filter.text'],
  ])('by %s fails unmarked, with what to write, and passes marked', async (_what, from, to, coordinate) => {
    const { problems, breaking } = await judgeSchema(step(from, to));
    expect(breaking).toEqual([expect.stringContaining(`${coordinate}: `)]);
    expect(problems).toEqual([
      expect.stringContaining(
        `This breaks callers. Take it back, or write below "## [Unreleased]" in CHANGELOG.md:\n  - BREAKING: \`${coordinate}\` …`,
      ),
    ]);

    const judgement = await judgeSchema(step(from, to, marked(coordinate)));
    expect([judgement.problems, judgement.breaking]).toEqual([[], breaking]);
  });

  it('by a type that is gone needs every coordinate named, which one item may do', async () => {
    const from = '(filter: Filter): Report }';
    const to = '(filter: Filter): String }';
    const { problems } = await judgeSchema(step(from, to));
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(expect.arrayContaining(['Query.report']));
    const changelog = changelogWith('- BREAKING: `Query.report` is a text, and with it went `Report` and `Kind`.');
    expect((await judgeSchema(step(from, to, { changelog }))).problems).toEqual([]);
  });

  it.each([
    ['names another one that begins alike', '- BREAKING: `Report.nameOf` is gone.'],
    ['names the type alone', '- BREAKING: `Report` has changed.'],
    ['names a field of the same name elsewhere', '- BREAKING: `OtherReport.name` is gone.'],
    ['does not say BREAKING', '- `Report.name` is gone.'],
    ['says so in passing', '- `Report.name` is gone, which is BREAKING.'],
    ['was written for a release that is past', ''],
  ])('is not let through by an item that %s', async (_what, item) => {
    const { problems } = await judgeSchema(step(NAME, '', { changelog: changelogWith(item) }));
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['1.4.2', '1.5.0', '2.0.0'],
    ['1.4.2', '1.4.2', '2.0.0'],
    ['0.3.1', '0.3.2', '0.4.0'],
    ['0.3.1', '0.3.1', '0.4.0'],
    ['2.0.0-rc.1', '2.0.0-rc.1', '2.0.0'],
  ])('may not go from %s to %s, even marked, and is told of %s', async (releasedVersion_, nextVersion, instead) => {
    const changes = { ...marked('Report.name'), releasedVersion: releasedVersion_, nextVersion };
    const { problems } = await judgeSchema(step(NAME, '', changes));
    expect(problems).toEqual([expect.stringContaining(`Set "version" in package.json to ${instead}`)]);
  });

  it('does not remove before its day what was to stay until then', async () => {
    const early = { ...marked('Report.old'), today: '2026-05-31' };
    expect((await judgeSchema(step(OLD, '', early))).problems).toEqual([
      'Report.old: callers were told that it stays until 2026-06-01, and today is 2026-05-31. Take it back until then.',
    ]);
    const inTime = { ...marked('Report.old'), today: '2026-06-01' };
    expect((await judgeSchema(step(OLD, '', inTime))).problems).toEqual([]);
  });
});

describe('a schema that breaks nobody', () => {
  it('passes with any version, whatever was added', async () => {
    const added = step(NAME, `${NAME}    title: String\n`, { nextVersion: '1.4.3' });
    expect(await judgeSchema(added)).toEqual({ problems: [], breaking: [], dangerous: [], safe: 1 });
    expect(await judgeSchema(step('', '', { nextVersion: '1.4.2' }))).toMatchObject({ problems: [], safe: 0 });
  });

  it('has what is dangerous listed', async () => {
    const { problems, dangerous } = await judgeSchema(step('LINE BAR', 'LINE BAR PIE', { nextVersion: '1.5.0' }));
    expect(problems).toEqual([]);
    expect(dangerous).toEqual(["Kind.PIE: Enum value 'PIE' was added to enum 'Kind'"]);
  });

  it.each([
    ['none', 'Use title.'],
    ['one that is no day', 'Removed from 2026-13-45 on.'],
  ])('names a day with each deprecation, and fails with %s', async (_what, reason) => {
    const { problems } = await judgeSchema(step(NAME, `    name: String @deprecated(reason: "${reason}")\n`));
    expect(problems).toEqual([expect.stringMatching(/^Report\.name: its deprecation names no day/)]);
  });
});

it('the schema of today passes', async () => {
  const read = (path: string): string => readFileSync(path, 'utf8');
  const text = read('schema.released.graphql');
  const { problems } = await judgeSchema({
    released: buildSchema(text),
    releasedVersion: releasedVersion(text),
    current: buildSchema(read('schema.graphql')),
    nextVersion: (JSON.parse(read('package.json')) as { version: string }).version,
    changelog: read('CHANGELOG.md'),
    today: new Date().toISOString().slice(0, 10),
  });
  expect(problems).toEqual([]);
});
