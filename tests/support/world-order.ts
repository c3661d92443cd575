/** The order that the schema promises, written down a second time: lists are compared with this one. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function inOrder<Row extends { token: string }>(
  rows: readonly Row[],
  valueOf: (row: Row) => string | number | null,
  direction: 'ASC' | 'DESC' = 'ASC',
): Row[] {
  return [...rows].sort((a, b) => {
    const left = valueOf(a);
    const right = valueOf(b);
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else {
      const order =
        typeof left === 'number' && typeof right === 'number'
          ? left - right
          : collator.compare(String(left), String(right));
      if (order !== 0) return direction === 'ASC' ? order : -order;
    }
    return a.token < b.token ? -1 : 1;
  });
}

/** The first row that fits, for tests that need one and do not care which. */
export function some<Row>(rows: readonly Row[], fits: (row: Row) => boolean = () => true): Row {
  const found = rows.find(fits);
  if (found === undefined) throw new Error('the world has none of these');
  return found;
}
