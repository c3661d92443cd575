/**
 * When a walk over a list of Mode's is over. In one place, because each of these rules was learned
 * from a client that lacked it: a page shorter than 30 is not the last one, `next_page` links point
 * past the end, several lists ignore `page` and answer with the same rows for ever, and only some
 * lists carry counters.
 */

/** Pages asked for together; a counter gone mad must not make us plan a million calls. */
const MOST_PAGES_AT_ONCE = 40;

/** What one page said. Counters are null where the list has none. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly totalPages: number | null;
}

/**
 * Whether page `number` (from 1) was the last one.
 *
 * @param unseen how many of its rows had not come on an earlier page. Drop this rule, and a walk over
 *   a list that ignores `page` never ends.
 */
export function isLastPage(page: Page<unknown>, number: number, unseen: number): boolean {
  if (page.rows.length === 0 || unseen === 0) return true;
  return page.totalPages !== null && number >= page.totalPages;
}

/**
 * Reads a list to its end, each row once: rows move between pages while we read.
 *
 * Pages that counters announce are asked for together; without counters the next page is asked for
 * when the last one has come. `undefined` when the first page is not there.
 */
export async function walk<Row extends { readonly token: string }>(
  readPage: (number: number) => Promise<Page<Row> | undefined>,
): Promise<Row[] | undefined> {
  const rows = new Map<string, Row>();
  const first = await readPage(1);
  if (!first) return undefined;
  let number = 1;
  let unseen = add(rows, first);
  let last = first;
  while (!isLastPage(last, number, unseen)) {
    const announced = (last.totalPages ?? number + 1) - number;
    const from = number + 1;
    const numbers = Array.from({ length: Math.min(announced, MOST_PAGES_AT_ONCE) }, (_, index) => from + index);
    const pages = await Promise.all(numbers.map((next) => readPage(next)));
    let ended = false;
    for (const page of pages) {
      number++;
      // A list that vanishes half-way ends there.
      last = page ?? { rows: [], totalPages: null };
      unseen = add(rows, last);
      // Read on all the same: rows that moved while we read may stand on a later page, and it is paid for.
      ended ||= isLastPage(last, number, unseen);
    }
    if (ended) break;
  }
  return [...rows.values()];
}

function add<Row extends { readonly token: string }>(rows: Map<string, Row>, page: Page<Row>): number {
  const before = rows.size;
  for (const row of page.rows) if (!rows.has(row.token)) rows.set(row.token, row);
  return rows.size - before;
}
