import type { CatalogListName, CatalogRows } from './catalog-lists.ts';
import type { CatalogStore } from './catalog-store.ts';
import type { ListFacts } from './list-snapshot.ts';

type Replaced<Name extends CatalogListName> = ListFacts & { readonly rows: readonly CatalogRows[Name][] };

/** Lists on their way to the store, each in the order in which it was read: what is older must not be written last. */
export class ListSaves {
  readonly #store: CatalogStore;
  readonly #underWay = new Map<CatalogListName, Promise<void>>();
  #isOver = false;

  constructor(store: CatalogStore) {
    this.#store = store;
  }

  /**
   * To be called before anything is waited for: whoever ends this waits for what is on its way, and nothing sets out after.
   * Resolves when the list is stored, or will not be. Never throws.
   */
  save<Name extends CatalogListName>(name: Name, replaced: Promise<Replaced<Name>>): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    const saved = this.#save(name, replaced, this.#underWay.get(name));
    this.#underWay.set(name, saved);
    return saved;
  }

  async #save<Name extends CatalogListName>(
    name: Name,
    replaced: Promise<Replaced<Name>>,
    before: Promise<void> | undefined,
  ): Promise<void> {
    await before;
    const list = await replaced.catch(() => undefined);
    if (list) await this.#store.save({ name, rows: list.rows, asOf: list.asOf, pages: list.pages });
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#underWay.values());
  }
}
