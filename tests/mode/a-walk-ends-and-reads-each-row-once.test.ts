import fc from 'fast-check';
import { isLastPage, walk, type Page } from '../../src/mode/paging.ts';

interface Row {
  readonly token: string;
}

function rows(count: number, prefix = 'row'): Row[] {
  return Array.from({ length: count }, (_, index) => ({ token: `${prefix}${index}` }));
}

/** A paged list, and the numbers of the pages that were asked of it, in order. */
function list(answer: (page: number, asked: number) => Page<Row> | undefined): {
  asked: number[];
  read: (page: number) => Promise<Page<Row> | undefined>;
} {
  const asked: number[] = [];
  return {
    asked,
    read: (page) => {
      asked.push(page);
      if (asked.length > 2_000) throw new Error('the walk does not end');
      return Promise.resolve(answer(page, asked.length));
    },
  };
}

function cut(all: readonly Row[], page: number, size: number): Row[] {
  return all.slice((page - 1) * size, page * size);
}

const count = fc.integer({ min: 0, max: 200 });
const size = fc.integer({ min: 1, max: 30 });

it('with counters, reads as many pages as they say', async () => {
  await fc.assert(
    fc.asyncProperty(count, size, async (total, perPage) => {
      const all = rows(total);
      const pages = Math.ceil(total / perPage);
      const source = list((page) => ({ rows: cut(all, page, perPage), totalPages: pages }));
      expect(await walk(source.read)).toEqual(all);
      expect(source.asked).toEqual(Array.from({ length: Math.max(1, pages) }, (_, index) => index + 1));
    }),
  );
});

it('without counters, reads on until a page is empty', async () => {
  await fc.assert(
    fc.asyncProperty(count, size, async (total, perPage) => {
      const all = rows(total);
      const source = list((page) => ({ rows: cut(all, page, perPage), totalPages: null }));
      expect(await walk(source.read)).toEqual(all);
      expect(source.asked).toHaveLength(Math.ceil(total / perPage) + 1);
    }),
  );
});

it('reads a list that ignores the page once more, and no further', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (total) => {
      const source = list(() => ({ rows: rows(total), totalPages: null }));
      expect(await walk(source.read)).toEqual(rows(total));
      expect(source.asked).toEqual([1, 2]);
    }),
  );
});

it('does not take a short page for the last one', async () => {
  const pages = [rows(30, 'a'), rows(2, 'b'), rows(30, 'c')];
  const source = list((page) => ({ rows: pages[page - 1] ?? [], totalPages: null }));
  expect(await walk(source.read)).toEqual(pages.flat());
});

it('asks for no more than forty pages at once, whatever a counter says', async () => {
  const source = list((page) => ({ rows: cut(rows(45), page, 30), totalPages: 1_000_000_000 }));
  expect(await walk(source.read)).toEqual(rows(45));
  expect(source.asked).toHaveLength(41);
});

it('ends when the total shrinks between two pages', async () => {
  const all = rows(50);
  const source = list((page) => ({ rows: cut(all, page, 10), totalPages: page === 1 ? 9 : 5 }));
  expect(await walk(source.read)).toEqual(all);
  expect(source.asked).toHaveLength(9);
});

it('goes on when the total grows between two pages', async () => {
  const all = rows(50);
  const source = list((page) => ({ rows: cut(all, page, 10), totalPages: page === 1 ? 3 : 5 }));
  expect(await walk(source.read)).toEqual(all);
  expect(source.asked).toEqual([1, 2, 3, 4, 5]);
});

it('keeps what later pages hold when a page in between holds nothing new', async () => {
  // Ten rows were put in front of the list after its first page was read: all have moved by one page.
  const before = rows(40);
  const after = [...rows(10, 'new'), ...before];
  const source = list((page, asked) => ({
    rows: cut(asked === 1 ? before : after, page, 10),
    totalPages: asked === 1 ? 4 : 5,
  }));
  const read = await walk(source.read);
  expect(read?.map(({ token }) => token)).toEqual(before.slice(0, 30).map(({ token }) => token));
});

it('is undefined when the list is not there, and ends where it vanishes half-way', async () => {
  expect(await walk(list(() => undefined).read)).toBeUndefined();
  const source = list((page) => (page < 3 ? { rows: rows(10, `p${page}-`), totalPages: null } : undefined));
  expect(await walk(source.read)).toHaveLength(20);
  expect(source.asked).toEqual([1, 2, 3]);
});

it('ends, with each row once, whatever the list does while it is read', async () => {
  const page = fc.option(
    fc.record({
      rows: fc.array(
        fc.integer({ min: 0, max: 40 }).map((number) => ({ token: `row${number}` })),
        { maxLength: 8 },
      ),
      totalPages: fc.option(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(Number.MAX_SAFE_INTEGER))),
    }),
    { freq: 20, nil: undefined },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 15 }), async (answers) => {
      // Round and round: by its pages alone the list never ends.
      const source = list((_, asked) => answers[(asked - 1) % answers.length]);
      const read = (await walk(source.read)) ?? [];
      expect(new Set(read.map(({ token }) => token)).size).toBe(read.length);
      // Every row of every page that was asked for is there: none is paid for and dropped.
      const paid = source.asked.flatMap((_, index) => answers[index % answers.length]?.rows ?? []);
      const expected = answers[0] === undefined ? [] : paid;
      expect(new Set(read.map(({ token }) => token))).toEqual(new Set(expected.map(({ token }) => token)));
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ['an empty page', [], null, 3, 0, true],
  ['nothing unseen', rows(3), null, 2, 0, true],
  ['rows and no counter', rows(3), null, 2, 3, false],
  ['the counter reached', rows(3), 2, 2, 3, true],
  ['the counter passed', rows(3), 1, 2, 3, true],
  ['the counter ahead', rows(3), 5, 2, 3, false],
  ['a counter of nothing', rows(3), 0, 1, 3, true],
])('%s', (_, found, totalPages, number, unseen, last) => {
  expect(isLastPage({ rows: found, totalPages }, number, unseen)).toBe(last);
});
