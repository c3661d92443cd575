import fc from 'fast-check';
import { readQuestion } from '../../src/cli/asking/read-question.ts';
import { cleanJson, cleanLine, cleanText } from '../../src/cli/clean-text.ts';
import { fitWidths } from '../../src/cli/fit-widths.ts';
import { printAnswer } from '../../src/cli/print-answer.ts';
import { printTable } from '../../src/cli/print-table.ts';
import { cellText } from '../../src/cli/rows/cell-text.ts';
import { findRows } from '../../src/cli/rows/find-rows.ts';
import { screenOf, type Screen } from '../../src/cli/screen.ts';
import type { JsonRecord } from '../../src/cli/rows/json-record.ts';

const PLAIN: Screen = { isTerminal: false, canDraw: false, width: 60 };

/** The first list of an answer: where it is, its columns, and its cells. */
async function tableOf(text: string, data: JsonRecord) {
  const list = findRows(await readQuestion(undefined, { text }), data);
  return (
    list && {
      path: list.path,
      titles: list.columns.map(({ title }) => title),
      cells: list.rows.map((row) => list.columns.map(({ read }) => cellText(read(row)))),
    }
  );
}

describe('the table of an answer', () => {
  it('has a column for each leaf of the first list, and what lies deeper under its path', async () => {
    const text = `{ workspace { name reports { totalCount nodes { ...R lastRun { state } queries { totalCount nodes { name } } } } } }
      fragment R on Report { title: name creator { name } type }`;
    const rows = [
      {
        title: 'A',
        creator: { name: 'Ada' },
        type: null,
        lastRun: null,
        queries: { totalCount: 2, nodes: [{ name: 'x' }, { name: 'y' }] },
      },
      { title: null, creator: null, type: 'report', lastRun: { state: 'ok' }, queries: null },
    ];
    expect(await tableOf(text, { workspace: { name: 'W', reports: { totalCount: 2, nodes: rows } } })).toEqual({
      path: 'workspace.reports.nodes',
      titles: ['title', 'creator.name', 'type', 'lastRun.state', 'queries.totalCount', 'queries'],
      cells: [
        ['A', 'Ada', '', '', '2', 'x, y'],
        ['', '', 'report', 'ok', '', ''],
      ],
    });
  });

  it('has its columns when there are no rows, and drops those that nobody asked for', async () => {
    const text =
      'query ($no: Boolean = false) { a: workspace { members { edges { cursor node { name email @include(if: $no) } } } } }';
    expect(await tableOf(text, { a: { members: { edges: [] } } })).toMatchObject({
      titles: ['cursor', 'name', 'email'],
    });
    const edges = [{ cursor: 'c', node: { name: 'Ada' } }];
    expect(await tableOf(text, { a: { members: { edges } } })).toEqual({
      path: 'a.members.edges',
      titles: ['cursor', 'name'],
      cells: [['c', 'Ada']],
    });
  });

  it('is of the first list that is there, whatever is null before it', async () => {
    const text = '{ report(token: "x") { queries { nodes { name } } } workspace { dataSources { nodes { name } } } }';
    const data = { report: null, workspace: { dataSources: { nodes: [{ name: 'Redshift' }] } } };
    expect(await tableOf(text, data)).toMatchObject({ path: 'workspace.dataSources.nodes', cells: [['Redshift']] });
  });

  it('lists the fields and their values where there is no list, and says when there are more pages', async () => {
    const question = await readQuestion(undefined, { text: '{ workspace { name id } rateLimit { limit } }' });
    const printed = printAnswer(
      'table',
      question,
      { data: { workspace: { name: 'W', id: 'i' }, rateLimit: { limit: 40 } } },
      PLAIN,
    );
    const lines = printed.text
      .split('\n')
      .filter((line) => line.startsWith('│'))
      .map((line) =>
        line
          .split('│')
          .slice(1, 3)
          .map((cell) => cell.trim()),
      );
    expect(lines).toEqual([
      ['field', 'value'],
      ['workspace.name', 'W'],
      ['workspace.id', 'i'],
      ['rateLimit.limit', '40'],
    ]);

    const paged = await readQuestion(undefined, {
      text: '{ workspace { reports { totalCount pageInfo { hasNextPage } nodes { name } } } }',
    });
    const reports = { totalCount: 4146, pageInfo: { hasNextPage: true }, nodes: [{ name: 'A' }] };
    expect(printAnswer('table', paged, { data: { workspace: { reports } } }, PLAIN).notes).toEqual([
      'workspace.reports.nodes: 1 of 4,146 rows; there are more: --all reads them',
    ]);
  });
});

describe('a cell', () => {
  it.each<[unknown, string]>([
    [null, ''],
    [undefined, ''],
    [false, 'false'],
    [0, '0'],
    ['select 1\n  from\t"t"', 'select 1 from "t"'],
    [[], ''],
    [['a', null, 1], 'a, , 1'],
    [[{ a: { b: 'x' } }, { a: { b: 'y' } }], 'x, y'],
    [[{ a: 1, b: 2 }], '1 item'],
    [
      [
        { a: 1, b: 2 },
        { a: 1, b: 2 },
      ],
      '2 items',
    ],
    [{ chart: { type: 'bar' } }, '{"chart":{"type":"bar"}}'],
  ])('of %j shows %j', (value, text) => {
    expect(cellText(value)).toBe(text);
  });
});

describe('a table', () => {
  const width = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
  const cells = fc.array(fc.array(fc.string({ maxLength: 200 }).map(cleanLine), { minLength: 3, maxLength: 3 }), {
    maxLength: 5,
  });

  it('is never wider than the screen while each column can have five places', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 24, max: 200 }), (rows, columns) => {
        const table = printTable([{ title: 'a' }, { title: 'b' }, { title: 'c' }], rows, { ...PLAIN, width: columns });
        expect(width(table)).toBeLessThanOrEqual(columns);
        expect(table.split('\n')).toHaveLength(rows.length + (rows.length > 0 ? 5 : 4));
      }),
    );
  });

  it('cuts what is too long, and nothing that fits', () => {
    const rows = [['short', 'x'.repeat(100)]];
    const table = printTable([{ title: 'a' }, { title: 'b' }], rows, { ...PLAIN, width: 40 });
    expect(table).toContain(`│ short │ ${'x'.repeat(27)}… │`);
    expect(printTable([{ title: 'a' }], [['y'.repeat(56)]], PLAIN)).toContain('y'.repeat(56));
  });

  it('gives columns what they would like, or cuts the widest alone', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(widths, fc.integer({ min: 60, max: 300 }), (natural, available) => {
        const given = fitWidths(natural, available, 5);
        const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);
        expect(sum(given)).toBeLessThanOrEqual(available);
        if (sum(natural) <= available) expect(given).toEqual(natural);
        else {
          // No place is left unused while somebody would like it, but for what cannot be divided.
          expect(available - sum(given)).toBeLessThan(natural.length);
          const cut = given.filter((width, place) => width < (natural[place] ?? 0));
          for (const width of given) expect(width).toBeLessThanOrEqual(Math.min(...cut));
        }
      }),
    );
  });
});

describe('what steers terminals', () => {
  const evil = '\u001b]0;owned\u0007\u009b31m\u202edlrow\rhidden';

  it('is shown instead of obeyed', () => {
    for (const text of [cleanText(evil), cleanLine(evil), cellText(evil)]) {
      // eslint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(text).toContain('owned');
    }
    expect(cleanText('a\n\tb é 日本')).toBe('a\n\tb é 日本');
  });

  it('is escaped in JSON, which says the same', () => {
    const json = cleanJson(JSON.stringify({ [evil]: evil }, undefined, 2));
    // eslint-disable-next-line no-control-regex
    expect(json).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(JSON.parse(json)).toEqual({ [evil]: evil });
  });
});

describe('a screen', () => {
  it.each([
    [{ isTTY: true, columns: 90 }, {}, { isTerminal: true, canDraw: true, width: 90 }],
    [{ isTTY: true, columns: 90 }, { NO_COLOR: '1' }, { isTerminal: true, canDraw: false, width: 90 }],
    [{ isTTY: true, columns: 90 }, { NO_COLOR: '' }, { isTerminal: true, canDraw: true, width: 90 }],
    [{ isTTY: true, columns: 90 }, { TERM: 'dumb' }, { isTerminal: true, canDraw: false, width: 90 }],
    [{ isTTY: true, columns: 0 }, { COLUMNS: '70' }, { isTerminal: true, canDraw: true, width: 70 }],
    [{ columns: 90 }, { COLUMNS: '70' }, { isTerminal: false, canDraw: false, width: 70 }],
    [{}, { COLUMNS: 'many' }, { isTerminal: false, canDraw: false, width: 120 }],
  ])('%j with %j is %j', (stream, env, screen) => {
    expect(screenOf(stream, env)).toEqual(screen);
  });
});
