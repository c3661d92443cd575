import fc from 'fast-check';
import { containing, naming, searchingSql } from '../../src/catalog/sql-search.ts';
import { prepareSqlSearch, wordsOf } from '../../src/catalog/prepare-sql.ts';
import { onShelf, shelveQueries } from '../../src/catalog/shelved-queries.ts';
import { SqlShelf } from '../../src/catalog/sql-shelf.ts';
import { tidyShelves } from '../../src/catalog/tidy-shelves.ts';
import { reportQueryIdentity } from '../../src/mode/identities.ts';
import type { ReportQueryRecord } from '../../src/mode/records.ts';
import { slices } from '../../src/mode/slices.ts';
import { namesIdentifier } from '../../src/schema/filters/identifier.ts';

const provenance = { source: 'DISCOVERY', asOf: 1 } as const;
const query = (sql: string | null, index = 0): ReportQueryRecord => ({
  ...reportQueryIdentity('report', `query${index}`, provenance),
  name: `Query ${index}`,
  sql,
});

/** Small and large, quoted, qualified; with letters whose other case is ASCII though they are not. */
const WORDS = ['orders', 'ORDERS', 'reorders', 'orders_old', '"Orders"', '[orders]', 'a', 'A', 'straße', '売上', 'k'];
const ODD = ['\u212A', '\u017F', '\u0130', 'orderſ', 'ÄÖ', '\u0000', '\ud800', '😀', '$', '_', '', ' ', '.', '\n', "'"];
const anyText = fc.array(fc.constantFrom(...WORDS, ...ODD, '.', ' '), { maxLength: 12 }).map((parts) => parts.join(''));
const anySql = fc.option(fc.oneof(anyText, fc.string({ unit: 'binary', maxLength: 40 })), { freq: 8 });
const anyNeedle = fc.oneof(anyText, fc.constantFrom('analytics.orders', 'a.a', 'k', 'ı', ...WORDS, ...ODD));

describe('SQL on a shelf', () => {
  it('is read as it was put there, capitals and all', () => {
    fc.assert(
      fc.property(fc.array(anySql, { maxLength: 20 }), (texts) => {
        const rows = texts.map(query);
        const shelved = shelveQueries(rows);
        expect(shelved.map(({ sql }) => sql)).toEqual(texts);
        expect(shelved.map((row) => ({ ...row, sql: row.sql }))).toEqual(rows.map((row) => ({ ...row })));
      }),
    );
  });

  it('takes no room beside its bytes in a buffer that others use too', () => {
    const shelf = SqlShelf.of(['SELECT 1', 'select 2']);
    expect(shelf.folded.buffer.byteLength).toBe(16);
  });

  it('is searched for texts and finds what each text by itself would tell', () => {
    fc.assert(
      fc.property(fc.array(anySql, { maxLength: 20 }), anyNeedle, (texts, needle) => {
        const matches = searchingSql(containing(needle));
        const expected = texts.map((sql) => sql?.toLowerCase().includes(needle.toLowerCase()) ?? false);
        expect(shelveQueries(texts.map(query)).map(matches)).toEqual(expected);
        expect(texts.map(query).map(matches)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is searched for names and finds what each text by itself would tell', () => {
    fc.assert(
      fc.property(fc.array(anySql, { maxLength: 20 }), anyNeedle, (texts, name) => {
        const names = namesIdentifier(name);
        const matches = searchingSql(naming(name, names));
        const expected = texts.map((sql) => sql !== null && names(sql));
        expect(shelveQueries(texts.map(query)).map(matches)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is searched by its words, once those are known, and finds what each text by itself would tell', async () => {
    const names = [
      'total_1',
      'total_11',
      'orders',
      'o',
      '$a',
      'my-orders',
      '"Orders"',
      'analytics.orders',
      'Analytics . "Orders"',
    ];
    const parts = [...names, ...WORDS, ...ODD, ' b ON a.id =', '\n', ', ', ' = ', '-- '];
    const anyPart = fc.constantFrom(...parts);
    const anyNeedleOfParts = fc.oneof(
      anyNeedle,
      fc.array(anyPart, { minLength: 1, maxLength: 3 }).map((some) => some.join('')),
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 12 })),
    );
    const anyText = fc.array(anyPart, { maxLength: 12 }).map((some) => some.join(''));
    const filling = Array.from({ length: 40 }, () => `SELECT a.id ${'FROM orders '.repeat(80)}`);
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 40 }), anyNeedleOfParts, async (some, sought) => {
        // Enough of it to be worth an index.
        const texts = [...some, ...filling];
        const all = some.join(' ');
        const needle =
          typeof sought === 'string' ? sought : all.slice(sought[0] % (all.length + 1)).slice(0, sought[1]);
        const rows = shelveQueries(texts.map(query));
        await prepareSqlSearch(rows, slices);
        expect(rows.every((row) => onShelf(row, (shelf) => wordsOf(shelf) !== undefined) ?? true)).toBe(true);
        const contains = searchingSql(containing(needle));
        const lower = needle.toLowerCase();
        expect(rows.map(contains)).toEqual(texts.map((sql) => sql.toLowerCase().includes(lower)));
        const names = namesIdentifier(needle);
        expect(rows.map(searchingSql(naming(needle, names)))).toEqual(texts.map(names));
      }),
      { numRuns: 1_000 },
    );
  });

  it('has its words read once, and in a fraction of its room', async () => {
    const texts = Array.from(
      { length: 500 },
      (_, at) => `SELECT a FROM orders_${at % 40} ${'JOIN b ON a = b '.repeat(60)}`,
    );
    const rows = shelveQueries(texts.map(query));
    await prepareSqlSearch(rows, slices);
    const shelves = new Set(rows.map((row) => onShelf(row, (shelf) => shelf)));
    const [shelf] = shelves;
    const words = shelf && wordsOf(shelf);
    expect(shelves.size).toBe(1);
    expect(words?.bytes).toBeLessThan(15_000);
    await prepareSqlSearch(rows.slice(100), slices);
    expect(shelf && wordsOf(shelf)).toBe(words);
    const found = words?.candidates([{ word: 'orders_7', isWholeAtStart: true, isWholeAtEnd: true }], 500);
    expect(found?.reduce((sum, mark) => sum + mark, 0)).toBe(13);
  });

  it('is searched without where most of it are words of their own', async () => {
    const texts = Array.from({ length: 100 }, (_, at) =>
      Array.from({ length: 100 }, (_, i) => `w${at}x${i}`).join(' '),
    );
    const rows = shelveQueries(texts.map(query));
    await prepareSqlSearch(rows, slices);
    expect(rows.map((row) => onShelf(row, (shelf) => wordsOf(shelf)))).toEqual(texts.map(() => undefined));
    expect(rows.filter(searchingSql(containing('w17x50 ')))).toEqual([rows[17]]);
  });

  it('knows every character that is ASCII in another case', () => {
    const missed: string[] = [];
    for (let code = 0x80; code < 0x11_0000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const character = String.fromCodePoint(code);
      const folds = /[\0-\x7f]/.test(character.toLowerCase()) || /[a-z]/iu.test(character);
      if (folds && !SqlShelf.of([character]).odd.has(0)) missed.push(character);
    }
    expect(missed).toEqual([]);
  });

  it('leaves queries without SQL, and such as UTF-8 cannot hold, as they are', () => {
    const rows = [query(null), query('\ud800'), query('SELECT')];
    const shelved = shelveQueries(rows);
    expect(shelved[0]).toBe(rows[0]);
    expect(shelved[1]).toBe(rows[1]);
    expect(shelved.map((row) => onShelf(row, (_, place) => place))).toEqual([undefined, undefined, 0]);
  });

  it('is moved together when most of what lay beside it is gone, and is read as before', async () => {
    const rows = Array.from({ length: 40 }, (_, page) =>
      shelveQueries(
        Array.from({ length: 40 }, (_, at) => query(`SELECT ${page} AS Größe -- ${'x'.repeat(3_000)}`, at)),
      ),
    );
    // Of each shelf one in four is left, and of some others few ever lay there.
    const left = rows.flatMap((page) => page.filter((_, at) => at % 4 === 0));
    const few = Array.from({ length: 50 }, (_, at) => shelveQueries([query(`Select ${at}`, at)])).flat();
    const kept = [...left, ...few];
    const texts = kept.map(({ sql }) => sql);
    await tidyShelves(kept, slices);
    expect(kept.map(({ sql }) => sql)).toEqual(texts);
    const shelves = new Set(kept.map((row) => onShelf(row, (shelf) => shelf)));
    const bytes = [...shelves].reduce((sum, shelf) => sum + (shelf?.bytes ?? 0), 0);
    expect(bytes).toBe(texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0));
    expect(shelves.size).toBeLessThan(5);
  });
});
