import type { CatalogListName } from '../catalog-lists.ts';
import type { CatalogStore, DatedStore, StoredList } from '../catalog-store.ts';
import type { ListShelf } from './list-shelf.ts';

/**
 * Files and Redis as one: what is taken up is the newer of the two, as each says itself before it is read, and the other if
 * that cannot be trusted. What is stored is stored in both, and what only one of them had, in the other.
 */
export class TwoStores implements CatalogStore {
  readonly #files: DatedStore;
  readonly #shelf: ListShelf;
  /** What was behind loading, list by list: what is stored afterwards is newer, and must be written last. */
  readonly #underWay = new Map<CatalogListName, Promise<void>>();

  constructor(files: DatedStore, shelf: ListShelf) {
    this.#files = files;
    this.#shelf = shelf;
  }

  async load<Name extends CatalogListName>(name: Name): Promise<StoredList<Name> | undefined> {
    const [here = -Infinity, header] = await Promise.all([this.#files.asOf(name), this.#shelf.headerOf(name)]);
    const shared =
      header && header.asOf > here ? await this.#shelf.read(name, header).catch(() => undefined) : undefined;
    if (shared) {
      this.#behind(name, this.#files.save(shared));
      return shared;
    }
    const filed = await this.#files.load(name);
    if (filed) {
      // Redis may have lost it: who starts next shall find it there.
      this.#behind(name, this.#shelf.publish(filed));
      return filed;
    }
    return header && header.asOf <= here ? this.#shelf.read(name, header).catch(() => undefined) : undefined;
  }

  async save(list: StoredList<CatalogListName>): Promise<void> {
    await this.#underWay.get(list.name);
    await Promise.all([this.#files.save(list), this.#shelf.publish(list)]);
  }

  /** Resolves when nothing is on its way to either. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  #behind(name: CatalogListName, work: Promise<void>): void {
    this.#underWay.set(name, work);
  }
}
