import type { ListSnapshot, Lookup } from './list-snapshot.ts';

/**
 * The same list without the rows that `isSeen` refuses, as if those had never been in it. Nothing is copied but
 * the array of rows, once somebody asks for it: there is one of these for each caller.
 */
export function onlyRows<Row>(list: ListSnapshot<Row>, isSeen: (row: Row) => boolean): ListSnapshot<Row> {
  let rows: readonly Row[] | undefined;
  return {
    get rows() {
      return (rows ??= list.rows.filter(isSeen));
    },
    byKey: lookup((key) => {
      const row = list.byKey.get(key);
      return row !== undefined && isSeen(row) ? row : undefined;
    }),
    byParent: lookup((key) => {
      const children = list.byParent.get(key)?.filter(isSeen) ?? [];
      return children.length > 0 ? children : undefined;
    }),
    asOf: list.asOf,
    pages: list.pages,
  };
}

function lookup<Value>(get: (key: string) => Value | undefined): Lookup<Value> {
  return { get, has: (key) => get(key) !== undefined };
}
