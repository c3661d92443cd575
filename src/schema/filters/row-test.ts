/** Whether a row passes a filter. */
export interface RowTest<Row> {
  (row: Row): boolean;
  /** All rows at once, 1 for those that pass, where that is quicker; undefined where it cannot be told, and each row is asked. */
  readonly marks?: (rows: readonly Row[]) => Uint8Array | undefined;
}

export function withMarks<Row>(
  test: (row: Row) => boolean,
  marks: (rows: readonly Row[]) => Uint8Array | undefined,
): RowTest<Row> {
  // A new function: the one given may be somebody else's.
  return Object.assign((row: Row) => test(row), { marks });
}

/** What asking each row would tell. */
export function marksOf<Row>(test: RowTest<Row>, rows: readonly Row[]): Uint8Array {
  return test.marks?.(rows) ?? askEach(test, rows, undefined);
}

export function allHold<Row>(tests: readonly RowTest<Row>[]): RowTest<Row> {
  return withMarks(
    (row) => tests.every((test) => test(row)),
    (rows) => {
      let marks: Uint8Array | undefined;
      const slow: RowTest<Row>[] = [];
      for (const test of tests) {
        const own = test.marks?.(rows);
        if (!own) slow.push(test);
        else if (!marks) marks = own;
        else for (let at = 0; at < marks.length; at++) marks[at] = (marks[at] ?? 0) & (own[at] ?? 0);
      }
      // Who is asked one by one is asked last, and of few.
      for (const test of slow) marks = askEach(test, rows, marks);
      return marks;
    },
  );
}

export function anyHolds<Row>(tests: readonly RowTest<Row>[]): RowTest<Row> {
  return withMarks(
    (row) => tests.some((test) => test(row)),
    (rows) => {
      const marks = new Uint8Array(rows.length);
      for (const test of tests) {
        const own = marksOf(test, rows);
        for (let at = 0; at < marks.length; at++) marks[at] = (marks[at] ?? 0) | (own[at] ?? 0);
      }
      return marks;
    },
  );
}

/** @param among only rows that are marked here are asked, and others do not pass */
function askEach<Row>(test: RowTest<Row>, rows: readonly Row[], among: Uint8Array | undefined): Uint8Array {
  const marks = new Uint8Array(rows.length);
  // Not by entries(), which makes an array for each of hundreds of thousands of rows.
  rows.forEach((row, place) => {
    if ((among === undefined || among[place] === 1) && test(row)) marks[place] = 1;
  });
  return marks;
}
