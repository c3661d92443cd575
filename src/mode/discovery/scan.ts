/** How a whole list is read, apart from HTTP: which pages, when it is over, and which rows are kept. */
import { slices } from '../slices.ts';
import { MetRows } from './met-rows.ts';

export interface ScannedPage<Row> {
  readonly rows: readonly Row[];
  readonly totalPages: number | null;
  readonly totalCount: number | null;
  /** What tells its rows from those of another page; undefined when nothing does. */
  readonly digest?: string | undefined;
  /** They were recalled, and are such as `take` returned. */
  readonly isRecalled?: boolean;
}

export interface ScanOptions<Row> {
  readPage(number: number): Promise<ScannedPage<Row>>;
  keyOf(row: Row): string;
  /** Given the rows of each page as it comes: those it returns are kept in their stead. @default they are kept as they are */
  take?(rows: readonly Row[], page: number, digest: string | undefined): readonly Row[];
  /** Pages it had last time: all are asked for at once, instead of after the first has come. */
  readonly knownPages?: number | undefined;
  /**
   * Asked once, after the first page of a list whose length was not known: whether so many pages are
   * worth reading. A guess that was far off costs this one call.
   */
  accept?(pages: number): boolean;
  /** Told after each page: rows so far, and how many there will be. */
  onProgress?(rows: number, total: number | null): void;
}

export interface ScanResult<Row> {
  /** Undefined when `accept` declined. */
  readonly rows: Row[] | undefined;
  readonly pages: number;
}

/** Far above any workspace; keeps a counter gone mad from planning calls without end. */
const MOST_PAGES = 5_000;

/**
 * Reads pages `1..total_pages`, each once, all that are known of in parallel; the links are not followed,
 * for what the last page's says is not known. Pages that a later answer announces are read too.
 *
 * Rows move between pages while we read. Those met twice are kept once. If fewer came than the
 * smallest count announced, some slipped from an unread page to a read one: we read once more and keep
 * the union, and then leave it at that rather than chase a list that never stands still.
 */
export async function scan<Row>(options: ScanOptions<Row>): Promise<ScanResult<Row>> {
  const met = new MetRows((row: Row) => options.keyOf(row));
  let smallestTotal = Number.POSITIVE_INFINITY;
  let pages = 0;

  const take = (page: ScannedPage<Row>, number: number): number => {
    const taken = page.isRecalled === true ? page.rows : options.take?.(page.rows, number, page.digest);
    met.meet(number, taken ?? page.rows, page.totalCount ?? 0);
    if (page.totalCount !== null) smallestTotal = Math.min(smallestTotal, page.totalCount);
    options.onProgress?.(met.size, page.totalCount);
    // What the rows of the first page and the count say of the pages, when the pages are not said.
    const counted =
      page.totalCount === null || page.rows.length === 0 ? 1 : Math.ceil(page.totalCount / page.rows.length);
    const announced = page.totalPages ?? (number === 1 ? counted : pages);
    // Twice as many as the count calls for is a counter gone mad; no call is spent on its word.
    return Math.min(MOST_PAGES, announced, page.totalCount === null ? MOST_PAGES : 2 * counted + 1);
  };

  const readThrough = async (expected: number, readAlready: number): Promise<void> => {
    let last = readAlready;
    let total = Math.max(1, expected);
    pages = Math.max(pages, total);
    while (last < total) {
      const numbers = Array.from({ length: total - last }, (_, index) => last + 1 + index);
      const announced = await Promise.all(numbers.map(async (number) => take(await options.readPage(number), number)));
      last = total;
      // The largest: a page read early knows nothing of rows added since.
      total = Math.max(...announced);
      pages = Math.max(1, total);
    }
  };

  if (options.knownPages === undefined) {
    const announced = take(await options.readPage(1), 1);
    if (options.accept?.(announced) === false) return { rows: undefined, pages: announced };
    await readThrough(announced, 1);
  } else {
    await readThrough(options.knownPages, 0);
  }
  if (met.size < smallestTotal && Number.isFinite(smallestTotal)) await readThrough(pages, 0);
  return { rows: await inOrder(met), pages };
}

async function inOrder<Row>(met: MetRows<Row>): Promise<Row[]> {
  const ordered: Row[] = [];
  for (const row of met.inOrder()) {
    if (slices.isOver) await slices.next();
    ordered.push(row);
  }
  return ordered;
}
