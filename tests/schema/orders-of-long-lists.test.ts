import fc from 'fast-check';
import { slices } from '../../src/mode/slices.ts';
import { collationKey, collator } from '../../src/schema/connection/collation-key.ts';
import { comparePositions } from '../../src/schema/connection/order.ts';
import { LONG, placesInOrder, placesInOrderSoon, positionOf } from '../../src/schema/connection/ordered-rows.ts';
import { sortInSlices } from '../../src/schema/connection/sortable-rows.ts';

interface Row {
  readonly token: string;
  readonly value: string | number | null;
}

const anyName = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc
    .array(fc.constantFrom('Q', 'q', '0', '00', '1', '2', '10', '09', ' ', '-', '_', '(', 'Z', 'é', 'ß'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);

describe('the key of a text', () => {
  it('sorts as people sort the text', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        const [left, right] = [collationKey(a), collationKey(b)];
        if (left === undefined || right === undefined) return;
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(collator.compare(a, b));
      }),
      { numRuns: 20_000 },
    );
  });

  it('is there for printable ASCII alone', () => {
    expect(collationKey('Orders, by month (2026)')).toBeDefined();
    expect(['Élan', 'a\tb', '売上', '\u007f', `1${'0'.repeat(300)}`].map(collationKey)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});

describe('sorting in slices', () => {
  it('puts places in the order that sorting them at once does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 20 }), { maxLength: 300 }), async (values) => {
        const compare = (a: number, b: number): number => (values[a] ?? 0) - (values[b] ?? 0);
        const places = Uint32Array.from(values.keys());
        expect(await sortInSlices(places.slice(), compare, slices)).toEqual(places.sort(compare));
      }),
    );
  });
});

describe('the order of a long list', () => {
  const rowsOf = (values: readonly (string | number | null)[]): Row[] =>
    values.map((value, index) => ({ token: `t${(index * 7_919) % 10_007}`, value }));
  const valueOf = (row: Row): Row['value'] => row.value;

  it.each(['ASC', 'DESC'] as const)(
    'is the same in slices and at once, %s, and the one cursors go by',
    async (direction) => {
      const ordering = { name: 'VALUE', direction, valueOf };
      await fc.assert(
        fc.asyncProperty(fc.array(fc.option(anyName, { freq: 4 }), { minLength: 1, maxLength: 40 }), async (names) => {
          const values = Array.from({ length: LONG }, (_, index) => names[index % names.length] ?? null);
          const [rows, same] = [rowsOf(values), rowsOf(values)];
          const soon = await placesInOrderSoon(rows, ordering, slices);
          expect(soon).toEqual(placesInOrder(same, ordering));
          expect(placesInOrder(rows, ordering)).toBe(soon);
          for (let at = 1; at < soon.length; at++) {
            const [before, after] = [rows[soon[at - 1] ?? 0], rows[soon[at] ?? 0]];
            if (!before || !after) throw new Error('a place without a row');
            const order = comparePositions(positionOf(before, ordering), positionOf(after, ordering), direction);
            if (order >= 0) throw new Error(`${JSON.stringify([before, after])} are in the wrong order`);
          }
        }),
        { numRuns: 20 },
      );
    },
  );

  it('is worked out once for all who ask at the same time', async () => {
    const rows = rowsOf(Array.from({ length: LONG }, (_, index) => index % 100));
    let reads = 0;
    const ordering = (direction: 'ASC' | 'DESC') => ({
      name: 'N',
      direction,
      valueOf: (row: Row) => (reads++, row.value),
    });
    const [one, two, down] = await Promise.all([
      placesInOrderSoon(rows, ordering('ASC'), slices),
      placesInOrderSoon(rows, ordering('ASC'), slices),
      placesInOrderSoon(rows, ordering('DESC'), slices),
    ]);
    expect(two).toBe(one);
    expect([one[0], down[0]].map((place) => rows[place ?? 0]?.value)).toEqual([0, 99]);
    expect(reads).toBe(LONG);
  });
});
