import type { Catalog } from '../../catalog/catalog.ts';
import type { CatalogListName } from '../../catalog/catalog-lists.ts';
import type { ListStatus } from '../../catalog/catalog-view.ts';

/** Calls that read no page of a list: the one that mints a token. */
const NO_PAGE = '/signature_tokens';

/** One list that is being read, and how far it has come. */
export class Reading {
  readonly name: CatalogListName;
  /** Why it could not be read. */
  error: unknown;
  isOver = false;
  /** Calls that were made for it. */
  calls = 0;
  pagesRead = 0;
  readonly #catalog: Catalog;
  readonly #isKnown: boolean;
  #rowsOfAPage: number | undefined;

  constructor(name: CatalogListName, catalog: Catalog) {
    this.name = name;
    this.#catalog = catalog;
    this.#isKnown = catalog.peek(name) !== undefined;
  }

  /** Reads it, behind whatever a person waits for. Never throws: see `error`. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#catalog.refresh(this.name, {
        priority: 'background',
        signal,
        onCall: ({ subject, status }) => {
          if (subject.endpoint.endsWith(NO_PAGE)) return;
          this.calls++;
          if (status === 200) this.pagesRead++;
        },
      });
    } catch (error) {
      this.error = error;
    }
    this.isOver = true;
  }

  /** As the catalog holds it now. */
  get status(): ListStatus {
    const status = this.#catalog.status().find(({ name }) => name === this.name);
    if (!status) throw new Error(`the catalog has no list ${this.name}`);
    return status;
  }

  /** Rows so far. */
  get rows(): number {
    const { rows, reading } = this.status;
    return this.isOver ? rows : (reading?.rows ?? 0);
  }

  /** Pages it has, as far as anybody can tell yet. */
  get pages(): number {
    if (this.isOver) return this.pagesRead;
    return Math.max(this.pagesRead, this.#pagesByRows() ?? this.#catalog.pages(this.name));
  }

  /** A list that was never read says with its first page how many rows there are. */
  #pagesByRows(): number | undefined {
    const { rows = 0, total = null } = this.status.reading ?? {};
    if (this.#isKnown || total === null || rows === 0) return undefined;
    this.#rowsOfAPage ??= rows;
    return Math.ceil(total / this.#rowsOfAPage);
  }
}
