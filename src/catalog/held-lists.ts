import type { Slices } from '../mode/slices.ts';
import type { Provenance, ReportQueryRecord } from '../mode/records.ts';
import { isReference, type CatalogListName, type CatalogRows } from './catalog-lists.ts';
import { passOnAll, passOnLookups } from './heirlooms.ts';
import { LIST_KEYS, type ListKeys } from './list-keys.ts';
import { makeSnapshot, type HeldSnapshot, type ListFacts, type Told } from './list-snapshot.ts';
import { follow, GONE } from './succession.ts';
import { tidyShelves } from './tidy-shelves.ts';

/** Replaced snapshots kept for walks that are under way. */
const MOST_RETIRED = 2;

type AnyRow = CatalogRows[CatalogListName];
type Held<Name extends CatalogListName> = HeldSnapshot<CatalogRows[Name]>;
type Snapshots = { -readonly [Name in CatalogListName]?: Held<Name> };
type Retired = { -readonly [Name in CatalogListName]?: Held<Name>[] };

/** The lists as they were last read, and those they replaced not long ago. */
export class HeldLists {
  readonly #slices: Slices;
  readonly #snapshots: Snapshots = {};
  /** Replaced ones, newest first. */
  readonly #retired: Retired = {};

  #replacing: Promise<unknown> = Promise.resolve();

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  peek<Name extends CatalogListName>(name: Name): Held<Name> | undefined {
    return this.#snapshots[name];
  }

  find<Name extends CatalogListName>(name: Name, asOf: number): Held<Name> | undefined {
    const retired: Held<Name>[] = this.#retired[name] ?? [];
    return [this.peek(name), ...retired].find((snapshot) => snapshot?.asOf === asOf);
  }

  /** Takes up rows that were stored, unless the list has been read meanwhile. */
  async restore<Name extends CatalogListName>(
    name: Name,
    rows: readonly CatalogRows[Name][],
    facts: ListFacts,
  ): Promise<boolean> {
    const snapshot = await this.#first(name, rows, facts);
    if (this.#snapshots[name]) return false;
    this.#keep(name, snapshot);
    return true;
  }

  /** Puts a new reading in the place of the one before. Nobody sees anything of it until all of it is there. */
  replace<Name extends CatalogListName>(
    name: Name,
    found: readonly CatalogRows[Name][],
    facts: ListFacts,
  ): Promise<Held<Name>> {
    // One at a time: what is worked out of two lists is passed on from each of them.
    const replaced = this.#replacing.then(() => this.#replace(name, found, facts));
    this.#replacing = replaced.catch(() => undefined);
    return replaced;
  }

  async #replace<Name extends CatalogListName>(
    name: Name,
    found: readonly CatalogRows[Name][],
    facts: ListFacts,
  ): Promise<Held<Name>> {
    const before = this.peek(name);
    // It was taken over from another replica, and a reading of ours was faster.
    if (before && before.asOf > facts.asOf) return before;
    // What REST tells comes page by page, each with its own moment, and is short.
    if (before?.told === undefined || isReference(name)) {
      const snapshot = await this.#first(name, found, facts);
      this.#keep(name, snapshot);
      return snapshot;
    }
    const keys: ListKeys<CatalogRows[Name]> = LIST_KEYS[name];
    const { snapshot, succession } = await follow(keys, before, found, facts, this.#slices);
    const { told } = before;
    if (succession) {
      const was: Provenance = { source: told.source, asOf: before.asOf };
      // First: what walks on the old list make of these rows from now on tells the old moment.
      for (const [place, row] of succession.before.entries()) {
        if (this.#slices.isOver) await this.#slices.next();
        if (succession.moved[place] === GONE) tell(row, was);
      }
      for (const place of succession.fresh) {
        if (this.#slices.isOver) await this.#slices.next();
        tell(succession.after[place], told);
      }
      await passOnAll(succession, this.#slices);
      await passOnLookups(before.byKey, snapshot.byKey, this.#slices);
      if (name === 'queries')
        await tidyShelves(snapshot.rows as readonly AnyRow[] as readonly ReportQueryRecord[], this.#slices);
    }
    told.asOf = facts.asOf;
    this.#keep(name, snapshot);
    return snapshot;
  }

  #first<Name extends CatalogListName>(
    name: Name,
    rows: readonly CatalogRows[Name][],
    facts: ListFacts,
  ): Promise<Held<Name>> {
    const keys: ListKeys<CatalogRows[Name]> = LIST_KEYS[name];
    const told = isReference(name) ? undefined : (rows[0]?.provenance as Told | undefined);
    return makeSnapshot(keys, rows, facts, told, this.#slices);
  }

  #keep<Name extends CatalogListName>(name: Name, snapshot: Held<Name>): void {
    const old = this.peek(name);
    const retired = this.#retired as Record<Name, Held<Name>[] | undefined>;
    if (old) retired[name] = [old, ...(retired[name] ?? [])].slice(0, MOST_RETIRED);
    // One assignment, after everything is built: a reader sees the old list or the new one, never half of each.
    (this.#snapshots as Record<Name, Held<Name>>)[name] = snapshot;
  }
}

function tell(row: AnyRow | undefined, provenance: Provenance): void {
  if (row) (row as { provenance: Provenance }).provenance = provenance;
}
