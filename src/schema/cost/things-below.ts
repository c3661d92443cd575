import { getNamedType } from 'graphql';
import { childrenOf, type Average, type Guess, type KnownSizes } from '../../loading/known-sizes.ts';
import type { Recall } from '../../loading/recall.ts';
import { nameOf, type Thing, type Things } from '../../loading/things.ts';
import type { PageLimits } from '../connection/page-arguments.ts';
import { follow } from './known-rows.ts';
import { COUNTED, listOfRows } from './list-kinds.ts';
import type { Page } from './rows-of.ts';
import type { SelectedField } from './selected-fields.ts';

/** What the things of a question are reckoned by. */
export interface Ground {
  /** Its name. */
  readonly workspace: string;
  readonly limits: PageLimits;
  readonly recall: Recall;
  readonly sizes: KnownSizes;
  /** Of what nobody has counted; undefined to take every page for full, whatever is remembered. */
  readonly guess: Guess | undefined;
}

/** Things that some field leads to from each of the parents. */
interface Way {
  /** From one of them; undefined when the catalog cannot tell. */
  find(parent: Thing): { readonly rows: readonly Thing[]; readonly isCertain: boolean } | undefined;
  /** From one of which nobody can tell. */
  readonly average: Average;
  /** Type of what it leads to. */
  readonly type: string;
}

/** One thing from each parent. */
const ONE: Average = { each: 1, isGuess: false };

/** A report builds on so many datasets, on the average; nobody counts them. */
const DATASETS: Average = { each: 0.2, isGuess: true };

/** The things a field leads to that is no connection, such as a report’s collection. */
export function thingsOf(parents: Things, field: string, type: string, { recall, sizes, guess }: Ground): Things {
  const find: Way['find'] = (parent) => {
    const rows = guess && follow(parent, field, recall);
    return rows && { rows, isCertain: true };
  };
  return spread(parents, { find, average: field === 'importedDatasets' ? DATASETS : ONE, type }, sizes);
}

/** The rows that a connection’s pages show, of all the parents. */
export function rowsShown(parents: Things, parent: string, field: SelectedField, page: Page, ground: Ground): Things {
  const { recall, limits, sizes, guess } = ground;
  const list = listOfRows(getNamedType(field.definition.type).name);
  if (!list) return spread(parents, { find: () => undefined, average: ONE, type: '' }, sizes);
  const find: Way['find'] = (thing) => {
    const rows = guess && follow(thing, field.definition.name, recall);
    const name = `${parent}.${field.definition.name}:${nameOf(thing)}`;
    try {
      return rows && list.kind.foresee({ list: name, args: field.arguments, context: { limits } }, rows, recall);
    } catch {
      // A cursor of another list: its resolver refuses it.
      return { rows: [], isCertain: true };
    }
  };
  const counted = guess && childrenIn(parent, list.row, sizes, guess);
  // An average says little of this one list or that.
  const average: Average = { each: Math.min(page.size, counted?.each ?? Infinity), isGuess: true };
  return spread(parents, { find, average, type: list.row }, sizes);
}

function spread(parents: Things, { find, average, type }: Way, sizes: KnownSizes): Things {
  const known = new Map<string, Thing>();
  let untold = parents.others;
  let isGuess = parents.isGuess;
  for (const parent of parents.known) {
    const found = find(parent);
    if (found) for (const row of found.rows) known.set(nameOf(row), row);
    else untold++;
    if (found?.isCertain === false) isGuess = true;
  }
  const kind = COUNTED[type];
  const most = (kind && sizes[kind]) ?? Infinity;
  return {
    known: [...known.values()],
    others: Math.min(Math.ceil(untold * average.each), Math.max(0, most - known.size)),
    isGuess: isGuess || (untold > 0 && average.isGuess),
  };
}

function childrenIn(owner: string, type: string, sizes: KnownSizes, guess: Guess): Average | undefined {
  const parent = owner === 'Workspace' ? 'workspace' : COUNTED[owner];
  const child = COUNTED[type];
  return parent && child && childrenOf(parent, child, sizes, guess);
}
