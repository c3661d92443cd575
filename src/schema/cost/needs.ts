import { getNamedType, isLeafType, type GraphQLObjectType, type SelectionSetNode } from 'graphql';
import type { LoaderName, Need } from '../../loading/forecast.ts';
import type { Things } from '../../loading/things.ts';
import { BARE, signature, type Wanted } from '../../loading/wanted.ts';
import { factsOfNode, factsOfThing, type Selection } from '../facts-wanted.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { FIELD_LOADS, type FieldLoad } from './field-loads.ts';
import { listOfRows } from './list-kinds.ts';
import { placeOfRows, placeOfThings, THE_TOP, type Place } from './place.ts';
import type { Question } from './question.ts';
import { pageOf, rowsOf, type Page } from './rows-of.ts';
import { selectedFields, setsBelow, type SelectedField } from './selected-fields.ts';
import type { Ground } from './things-below.ts';

/** What every object of a kind says of itself without being read. */
const NAMES: ReadonlySet<string> = new Set(['__typename', 'id', 'username']);

const BY_ID: Readonly<Record<string, LoaderName>> = {
  Collection: 'collection',
  Report: 'report',
  ReportQuery: 'query',
  Chart: 'chart',
  ReportRun: 'run',
  DataSource: 'dataSources',
  Member: 'members',
};

/** Loaders that answer everybody at once. */
const FOR_ALL: ReadonlySet<LoaderName> = new Set(['dataSources', 'members']);

interface GatheredNeed extends Need {
  readonly keys: Map<string, () => Things>;
  readonly shown: Map<string, () => Things>;
  readonly depth: number;
  named: boolean;
}

interface Asked {
  readonly loader: LoaderName;
  readonly wanted: Wanted;
  /** Where it is asked for, and below what. */
  readonly place: Place;
  readonly keys: () => Things;
  /** Names where the keys stand. @default the place */
  readonly at?: string;
  /** Where the rows of the list stand. */
  readonly shown?: Pick<Place, 'name'> & { readonly rows: () => Things };
  readonly once?: boolean | undefined;
  readonly again?: boolean;
}

/**
 * What a question will ask of the loaders, in the order in which it can: of each loader which keys, and which facts of
 * them. What lists hold is looked up in the catalog where that remembers it, once somebody asks for it; else lists are
 * taken for as full as is known of their kind, or as the page allows.
 */
export function needsOf(question: Question, ground: Ground): Need[] {
  const { limits } = ground;
  const needs = new Map<string, GatheredNeed>();
  const root = question.schema.getRootType(question.operation.operation);
  if (root) visit(root, [question.operation.selectionSet], THE_TOP);
  return [...needs.values()].sort((a, b) => a.depth - b.depth);

  function visit(type: GraphQLObjectType, sets: readonly SelectionSetNode[], place: Place): void {
    for (const field of selectedFields(question, type, sets)) {
      const load = FIELD_LOADS[`${type.name}.${field.definition.name}`];
      const page = pageOf(field, limits);
      if (page) visitRows(type, field, load, place, page);
      else visitThings(field, load, place);
    }
  }

  /** A connection. */
  function visitRows(
    type: GraphQLObjectType,
    field: SelectedField,
    load: FieldLoad | undefined,
    place: Place,
    page: Page,
  ): void {
    const wanted = page.refused === true ? undefined : wantedOfRows(field, selectionOf(field, question), page);
    if (!wanted) return;
    const there = placeOfRows(place, type, field, page, load, ground);
    if (load) ask({ ...load, wanted, place, keys: place.things, shown: there });
    for (const load of loadsOfFilter(field)) ask({ loader: load, wanted: BARE, place, keys: place.things, once: true });
    for (const rows of rowsOf(question, field, limits, undefined)) visit(rows.type, setsBelow(field), there);
  }

  function visitThings(field: SelectedField, load: FieldLoad | undefined, place: Place): void {
    const selection = selectionOf(field, question);
    for (const { type, count } of rowsOf(question, field, limits, place.page)) {
      if (count === 0) continue;
      const there = placeOfThings(place, field, type, load, ground);
      if (!load) askByType(type.name, field, selection, there, place);
      else if (!isKnownByName(load, selection)) {
        const again = load.of === undefined ? undefined : place.met.get(load.of);
        // At the top each field names keys of its own; below, all those of one object are asked of the same.
        const at = again?.name ?? (place === THE_TOP ? there.name : place.name);
        const keys = load.once === true ? place.things : there.things;
        ask({ ...load, wanted: wantedOfThing(load, selection), place, keys, at, again: again !== undefined });
      }
      visit(type, setsBelow(field), there);
    }
    // A fact that has to be asked for by itself, such as the workspace’s name.
    if (load && isLeafType(getNamedType(field.definition.type))) {
      ask({ ...load, wanted: BARE, place, keys: place.things });
    }
  }

  /** `node` and `nodes`, which ask for whatever their ids name. */
  function askByType(type: string, field: SelectedField, selection: Selection, there: Place, place: Place): void {
    const loader = BY_ID[type];
    if (place !== THE_TOP || loader === undefined || !/^nodes?$/.test(field.definition.name)) return;
    const wanted = { clauses: factsOfNode(selection, type), pageSize: 0 };
    ask({ loader, wanted, place, keys: there.things, at: there.name, once: FOR_ALL.has(loader) });
  }

  function ask({ besides = [], ...asked }: Asked & Pick<FieldLoad, 'besides'>): void {
    const { loader, wanted, place, keys, at = place.name, shown, once = false, again = false } = asked;
    // What is asked for first is under way by the time that anything else is known.
    const name = `${loader} ${signature(wanted)} ${again} ${place.depth === 0}`;
    let need = needs.get(name);
    if (!need) {
      const { depth, isNamed: named } = place;
      needs.set(name, (need = { loader, wanted, once, again, named, depth, keys: new Map(), shown: new Map() }));
    }
    need.named ||= place.isNamed;
    if (!need.keys.has(at)) need.keys.set(at, keys);
    if (shown) need.shown.set(shown.name, shown.rows);
    for (const other of besides) ask({ loader: other, wanted: BARE, place, keys, once: true });
  }
}

function selectionOf(
  { definition, nodes }: SelectedField,
  question: Pick<Question, 'schema' | 'fragments'>,
): Selection {
  return { ...question, fieldNodes: nodes, returnType: definition.type };
}

function isKnownByName(load: FieldLoad, selection: Selection): boolean {
  if (load.knows === undefined) return false;
  return selectsOnly(selection, load.knows === 'username' ? NAMES : IDENTITY);
}

function wantedOfThing({ loader, bare }: FieldLoad, selection: Selection): Wanted {
  if (loader === 'stats') return { clauses: [{ anyOf: ['STATS'], scope: 'all' }], pageSize: 0 };
  return bare === true ? BARE : { clauses: factsOfThing(selection), pageSize: 0 };
}

/** Undefined for arguments that its resolver refuses before it asks for anything. */
function wantedOfRows(field: SelectedField, selection: Selection, page: Page): Wanted | undefined {
  try {
    return (
      listOfRows(getNamedType(field.definition.type).name)?.kind.wanted(field.arguments, selection, page.size) ?? BARE
    );
  } catch {
    return undefined;
  }
}

/** What filters may have to look up, to know people and data sources by all of their names. */
function loadsOfFilter({ arguments: { filter } }: SelectedField): LoaderName[] {
  const text = JSON.stringify(filter ?? null);
  return [
    ...(text.includes('"creators":[') ? ['members' as const] : []),
    ...(text.includes('"dataSources":[') ? ['dataSources' as const] : []),
  ];
}
