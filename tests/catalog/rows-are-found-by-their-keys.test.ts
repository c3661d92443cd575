import fc from 'fast-check';
import { indexRows, indexRowsAtOnce } from '../../src/catalog/row-index.ts';
import { slices } from '../../src/mode/slices.ts';

interface Row {
  readonly key: string | null;
  readonly value: number;
}

const anyRows = fc.array(
  fc.record<Row>({ key: fc.option(fc.string({ maxLength: 3 }), { freq: 5 }), value: fc.nat() }),
  { maxLength: 200 },
);

describe('an index of rows', () => {
  it('finds what a map of arrays would find', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, fc.string({ maxLength: 3 }), async (rows, other) => {
        const map = new Map<string, Row[]>();
        for (const row of rows) if (row.key !== null) map.set(row.key, [...(map.get(row.key) ?? []), row]);
        const keyOf = (row: Row): string | null => row.key;
        for (const index of [indexRowsAtOnce(rows, keyOf), await indexRows(rows, keyOf, slices)]) {
          for (const key of [...map.keys(), other]) {
            expect(index.all(key)).toEqual(map.get(key));
            expect(index.last(key)).toBe(map.get(key)?.at(-1));
            expect(index.all(key)).toBe(index.all(key));
          }
        }
      }),
    );
  });

  it('is good for other rows that have the same keys at the same places', () => {
    const rows = ['a', 'b', 'a'].map((key, value) => ({ key, value }));
    const others = rows.map((row) => ({ ...row, value: row.value + 10 }));
    const index = indexRowsAtOnce(rows, (row) => row.key).over(others);
    expect(index.all('a')).toEqual([others[0], others[2]]);
    expect(index.last('b')).toBe(others[1]);
  });
});
