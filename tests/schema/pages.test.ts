import fc from 'fast-check';
import { connectionFromArray } from 'graphql-relay';
import type { SortValue } from '../../src/schema/connection/cursor.ts';
import type { Direction } from '../../src/schema/connection/order.ts';
import type { PageArguments } from '../../src/schema/connection/page-arguments.ts';
import { preparePage, type ConnectionPage } from '../../src/schema/connection/paginate.ts';

interface Row {
  readonly token: string;
  readonly value: SortValue;
}

const limits = { defaultPageSize: 20, maxPageSize: 100 };

function pageOf(rows: readonly Row[], page: PageArguments, direction: Direction = 'ASC'): ConnectionPage<Row> {
  const order = { name: 'VALUE', direction, sources: [], valueOf: (row: Row) => row.value };
  return preparePage<Row>({ identity: { list: 'rows', filter: null }, order, page, limits })
    .cut(rows)
    .page();
}

const tokensOf = (page: ConnectionPage<Row>): string[] => page.edges.map((edge) => edge.node.token);

/** Rows whose tokens differ, many of whose values do not, and some of which have none. */
const anyRows = fc.uniqueArray(
  fc.record({
    token: fc.stringMatching(/^[0-9a-f]{4}$/),
    value: fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('a', 'A', 'b2', 'b10', 'Élan', '')), {
      freq: 5,
    }),
  }),
  { selector: (row) => row.token, maxLength: 30 },
);
const anyDirection = fc.constantFrom<Direction>('ASC', 'DESC');

describe('a page of a list', () => {
  it('is the page that graphql-relay cuts, for any arguments', () => {
    const place = fc.option(fc.nat({ max: 30 }), { nil: undefined });
    const size = fc.oneof(
      fc.nat({ max: 40 }).map((first): PageArguments => ({ first })),
      fc.nat({ max: 40 }).map((last): PageArguments => ({ last })),
      fc.constant<PageArguments>({}),
    );
    fc.assert(
      fc.property(anyRows, anyDirection, size, place, place, (rows, direction, amount, after, before) => {
        const all = pageOf(rows, { first: 100 }, direction).edges;
        const theirs = connectionFromArray(all, { first: null });
        const at = (edges: readonly { readonly cursor: string }[], index: number | undefined) =>
          index === undefined ? null : (edges[index]?.cursor ?? null);
        const expected = connectionFromArray(all, {
          first: amount.last == null ? (amount.first ?? limits.defaultPageSize) : null,
          last: amount.last ?? null,
          after: at(theirs.edges, after),
          before: at(theirs.edges, before),
        });
        const page = pageOf(rows, { ...amount, after: at(all, after), before: at(all, before) }, direction);

        expect(tokensOf(page)).toEqual(expected.edges.map((edge) => edge.node.node.token));
        expect(page.totalCount).toBe(rows.length);
      }),
    );
  });

  it('tells the truth about what precedes and follows it, and has null cursors when it is empty', () => {
    fc.assert(
      fc.property(
        anyRows,
        anyDirection,
        fc.nat({ max: 10 }),
        fc.nat({ max: 29 }),
        fc.boolean(),
        (rows, direction, size, from, backwards) => {
          const all = pageOf(rows, { first: 100 }, direction);
          const cursor = all.edges[from]?.cursor;
          const page = pageOf(
            rows,
            backwards ? { last: size, before: cursor } : { first: size, after: cursor },
            direction,
          );
          const whole = tokensOf(all);
          const shown = tokensOf(page);
          if (shown.length === 0) {
            expect(page.pageInfo).toMatchObject({ startCursor: null, endCursor: null });
            return;
          }
          expect(page.pageInfo).toEqual({
            hasPreviousPage: shown[0] !== whole[0],
            hasNextPage: shown.at(-1) !== whole.at(-1),
            startCursor: page.edges[0]?.cursor,
            endCursor: page.edges.at(-1)?.cursor,
          });
        },
      ),
    );
  });

  it('can be walked in either direction to see every row once, in the same order', () => {
    fc.assert(
      fc.property(anyRows, anyDirection, fc.integer({ min: 1, max: 7 }), (rows, direction, size) => {
        const forwards: string[] = [];
        for (let after: string | null | undefined; ;) {
          const page = pageOf(rows, { first: size, after }, direction);
          forwards.push(...tokensOf(page));
          if (!page.pageInfo.hasNextPage) break;
          after = page.pageInfo.endCursor;
        }
        const backwards: string[] = [];
        for (let before: string | null | undefined; ;) {
          const page = pageOf(rows, { last: size, before }, direction);
          backwards.unshift(...tokensOf(page));
          if (!page.pageInfo.hasPreviousPage) break;
          before = page.pageInfo.startCursor;
        }
        expect(forwards).toEqual(tokensOf(pageOf(rows, { first: 100 }, direction)));
        expect(backwards).toEqual(forwards);
      }),
    );
  });

  it('makes no row that stayed repeat or vanish when rows come and go between two pages', () => {
    const change = fc.record({ keep: fc.infiniteStream(fc.integer({ min: 0, max: 3 })), added: anyRows });
    fc.assert(
      fc.property(
        anyRows,
        anyDirection,
        fc.integer({ min: 1, max: 5 }),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (rows, direction, size, changes) => {
          const known = new Set(rows.map((row) => row.token));
          const seen: string[] = [];
          const stayed = new Set(known);
          let now = rows;
          let after: string | null | undefined;
          for (let turn = 0; ; turn++) {
            const page = pageOf(now, { first: size, after }, direction);
            seen.push(...tokensOf(page));
            if (!page.pageInfo.hasNextPage) break;
            after = page.pageInfo.endCursor;
            const next = changes[turn];
            if (!next) continue;
            // One row in four goes, the one the cursor was cut from among them; new ones come anywhere.
            now = now.filter(() => next.keep.next().value !== 0);
            const left = new Set(now.map((row) => row.token));
            for (const token of stayed) if (!left.has(token)) stayed.delete(token);
            const fresh = next.added.filter((row) => !known.has(row.token));
            for (const row of fresh) known.add(row.token);
            now = [...fresh, ...now];
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect([...stayed].filter((token) => !seen.includes(token))).toEqual([]);
        },
      ),
    );
  });

  it('has rows without a value last in either direction, and settles ties by token', () => {
    const rows: Row[] = [
      { token: 'd', value: null },
      { token: 'c', value: 'x' },
      { token: 'b', value: 'X' },
      { token: 'a', value: null },
      { token: 'e', value: 'y' },
    ];
    expect(tokensOf(pageOf(rows, {}))).toEqual(['b', 'c', 'e', 'a', 'd']);
    expect(tokensOf(pageOf(rows, {}, 'DESC'))).toEqual(['e', 'b', 'c', 'a', 'd']);
  });

  it('has its cursors at the ends of pageInfo, and says so even of a page of none', () => {
    const rows: Row[] = [{ token: 'a', value: 1 }];
    expect(pageOf(rows, { first: 0 })).toEqual({
      totalCount: 1,
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});
