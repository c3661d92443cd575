import { getNamedType, type GraphQLObjectType, type SelectionSetNode } from 'graphql';
import type { LoaderName, Need } from '../../loading/forecast.ts';
import { childrenOf, USUAL, type Countable, type Guess, type KnownSizes } from '../../loading/known-sizes.ts';
import { BARE, signature, type Wanted } from '../../loading/wanted.ts';
import type { PageLimits } from '../connection/page-arguments.ts';
import { factsOfNode, factsOfThing, type Selection } from '../facts-wanted.ts';
import { chartList, collectionList, dataSourceList, memberList, reportList, reportQueryList } from '../lists.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { FIELD_LOADS, type FieldLoad } from './field-loads.ts';
import type { Question } from './question.ts';
import { isThing, pageOf, rowsOf, type Page } from './rows-of.ts';
import { selectedFields, setsBelow, type SelectedField } from './selected-fields.ts';

/** Lists by the type of their rows: what each will ask of them. */
const LISTS = {
  Collection: collectionList,
  Report: reportList,
  ReportQuery: reportQueryList,
  Chart: chartList,
  Member: memberList,
  DataSource: dataSourceList,
};

const COUNTED: Readonly<Record<string, Countable>> = {
  Collection: 'collections',
  Report: 'reports',
  ReportQuery: 'queries',
  Chart: 'charts',
  Member: 'members',
  DataSource: 'dataSources',
};

/** What every object of a kind says of itself without being read. */
const NAMES: ReadonlySet<string> = new Set(['__typename', 'id', 'username']);

/** Where a selection stands: how many different things its fields are asked of, and which those are. */
interface Place {
  readonly name: string;
  readonly count: number;
  /** The nearest thing of each type on the way here, this one included. */
  readonly met: ReadonlyMap<string, { readonly name: string; readonly count: number }>;
  readonly page: Page | undefined;
  /** Type of the thing whose connection this is, when it is one. */
  readonly owner: string | undefined;
}

/**
 * What a question will ask of the loaders, in the order in which it can: of each loader how many keys, and which
 * facts of them. Lists are taken for as full as is known of them, or as the page allows.
 *
 * @param guess of what nobody has counted
 */
export function needsOf(question: Question, limits: PageLimits, sizes: KnownSizes, guess: Guess = USUAL): Need[] {
  const needs = new Map<
    string,
    { -readonly [Key in keyof Need]: Need[Key] } & { readonly keys: Map<string, number> }
  >();
  const root = question.schema.getRootType(question.operation.operation);
  if (root) {
    const top: Place = { name: '', count: 1, met: new Map(), page: undefined, owner: undefined };
    visit(root, [question.operation.selectionSet], top);
  }
  return [...needs.values()];

  function visit(type: GraphQLObjectType, sets: readonly SelectionSetNode[], place: Place): void {
    for (const field of selectedFields(question, type, sets)) {
      const { definition, nodes } = field;
      const selection = { ...question, fieldNodes: nodes, returnType: definition.type } satisfies Partial<Selection>;
      const page = pageOf(field, limits);
      const load = FIELD_LOADS[`${type.name}.${definition.name}`];
      if (load && !isKnownByName(load, selection)) ask(load, field, selection, place, page);
      for (const rows of rowsOf(question, field, limits, place.page)) {
        if (!load) askByType(type, field, rows.type, rows.count, selection);
        if (rows.count > 0 && nodes.some(({ selectionSet }) => selectionSet)) {
          visit(rows.type, setsBelow(field), placeBelow(type, field, rows.type, rows.count, place, page));
        }
      }
    }
  }

  function ask(
    load: FieldLoad,
    field: SelectedField,
    selection: Selection,
    place: Place,
    page: Page | undefined,
  ): void {
    const type = getNamedType(field.definition.type).name;
    const again = load.of === undefined ? undefined : place.met.get(load.of);
    const keys = keysOf(load, field, place, again?.count);
    if (keys === 0 || page?.refused === true) return;
    const wanted = wantedOf(load, type, field, selection, page);
    if (!wanted) return;
    // At the top each field names keys of its own; below, all those of one object are asked of the same.
    const here = place.name === '' ? `/${nameOf(field)}` : place.name;
    const at = load.once === true ? 'all' : (again?.name ?? here);
    need(load.loader, wanted, load.once === true ? 1 : keys, at, again !== undefined);
    for (const other of load.besides ?? []) need(other, BARE, 1, 'all');
    const filter = JSON.stringify(field.arguments.filter ?? null);
    if (filter.includes('"creators":[')) need('members', BARE, 1, 'all');
    if (filter.includes('"dataSources":[')) need('dataSources', BARE, 1, 'all');
  }

  /** `node` and `nodes`, which ask for whatever their ids name. */
  function askByType(
    parent: GraphQLObjectType,
    field: SelectedField,
    type: GraphQLObjectType,
    count: number,
    selection: Selection,
  ): void {
    const loader = BY_ID[type.name];
    if (parent.name !== 'Query' || loader === undefined || !/^nodes?$/.test(field.definition.name)) return;
    const wanted = { clauses: factsOfNode(selection, type.name), pageSize: 0 };
    const once = loader === 'dataSources' || loader === 'members';
    need(loader, wanted, once ? 1 : count, once ? 'all' : `/${nameOf(field)}`);
  }

  function need(loader: LoaderName, wanted: Wanted, keys: number, at: string, again = false): void {
    const name = `${loader} ${signature(wanted)} ${again ? 'again' : ''}`;
    const met = needs.get(name);
    if (met) met.keys.set(at, Math.max(keys, met.keys.get(at) ?? 0));
    else needs.set(name, { loader, wanted, again, keys: new Map([[at, keys]]) });
  }

  function keysOf(load: FieldLoad, field: SelectedField, place: Place, met: number | undefined): number {
    const { tokens } = field.arguments;
    if (Array.isArray(tokens)) return tokens.length > limits.maxPageSize ? 0 : new Set(tokens).size;
    return capped(met ?? place.count, load.type);
  }

  function placeBelow(
    type: GraphQLObjectType,
    field: SelectedField,
    below: GraphQLObjectType,
    each: number,
    place: Place,
    page: Page | undefined,
  ): Place {
    const name = `${place.name}/${nameOf(field)}`;
    if (!isThing(below)) {
      // A connection and its edges are the packing of its rows.
      if (page) return { ...place, name, page, owner: type.name };
      return place.page ? { ...place, name } : { ...place, name, count: place.count * each };
    }
    // Up to what was met on the way down: the same things again.
    const again = each === 1 && !place.page ? place.met.get(below.name) : undefined;
    const most = place.page?.size ?? each;
    const usual = place.owner === undefined ? undefined : childrenIn(place.owner, below.name);
    const count = again?.count ?? capped(place.count * Math.min(most, usual ?? most), below.name);
    const here = { name: again?.name ?? name, count };
    return { ...here, met: new Map([...place.met, [below.name, here]]), page: undefined, owner: undefined };
  }

  function childrenIn(owner: string, type: string): number | undefined {
    const parent = owner === 'Workspace' ? 'workspace' : COUNTED[owner];
    const child = COUNTED[type];
    return parent && child && childrenOf(parent, child, sizes, guess);
  }

  function capped(count: number, type: string | undefined): number {
    const kind = type === undefined ? undefined : COUNTED[type];
    return Math.min(count, (kind && sizes[kind]) ?? Infinity);
  }
}

const BY_ID: Readonly<Record<string, LoaderName>> = {
  Collection: 'collection',
  Report: 'report',
  ReportQuery: 'query',
  Chart: 'chart',
  ReportRun: 'run',
  DataSource: 'dataSources',
  Member: 'members',
};

function nameOf({ nodes: [node] }: SelectedField): string {
  return (node?.alias ?? node?.name)?.value ?? '';
}

function isKnownByName(load: FieldLoad, selection: Selection): boolean {
  if (load.knows === undefined) return false;
  return selectsOnly(selection, load.knows === 'username' ? NAMES : IDENTITY);
}

/** Undefined for arguments that its resolver refuses before it asks for anything. */
function wantedOf(
  load: FieldLoad,
  connection: string,
  field: SelectedField,
  selection: Selection,
  page: Page | undefined,
): Wanted | undefined {
  if (load.loader === 'stats') return { clauses: [{ anyOf: ['STATS'], scope: 'all' }], pageSize: 0 };
  if (!page) return load.bare === true ? BARE : { clauses: factsOfThing(selection), pageSize: 0 };
  const row = connection.replace(/Connection$/, '');
  if (!Object.hasOwn(LISTS, row)) return BARE;
  return LISTS[row as keyof typeof LISTS].wanted(field.arguments, selection, page.size);
}
