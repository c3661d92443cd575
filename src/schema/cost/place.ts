import { getNullableType, isListType, type GraphQLObjectType } from 'graphql';
import { lazily, NOTHING, together, type Things } from '../../loading/things.ts';
import type { FieldLoad } from './field-loads.ts';
import { namedThings } from './named-things.ts';
import { isThing, type Page } from './rows-of.ts';
import { responseName, type SelectedField } from './selected-fields.ts';
import { rowsShown, thingsOf, type Ground } from './things-below.ts';

/** Where a selection stands. */
export interface Place {
  readonly name: string;
  /** What its fields are asked of. */
  readonly things: () => Things;
  /** Of the connection it is in. */
  readonly rows?: () => Things;
  readonly page?: Page;
  /** The nearest things of each type on the way here, these included. */
  readonly met: ReadonlyMap<string, { readonly name: string; readonly things: () => Things }>;
  /** How many things must be read, one after the other, to come here. */
  readonly depth: number;
  /** The caller names these things, or what they are below. */
  readonly isNamed: boolean;
}

export const THE_TOP: Place = {
  name: '',
  things: () => ({ ...NOTHING, others: 1 }),
  met: new Map(),
  depth: 0,
  isNamed: true,
};

/** In a connection: `nodes` and `edges.node` are its rows, wherever they are asked for. */
export function placeOfRows(
  place: Place,
  type: GraphQLObjectType,
  field: SelectedField,
  page: Page,
  load: FieldLoad | undefined,
  ground: Ground,
): Place & { readonly rows: () => Things } {
  const rows = lazily(() => rowsShown(place.things(), type.name, field, page, ground));
  return { ...place, name: `${place.name}/${responseName(field)}`, rows, page, depth: place.depth + (load ? 1 : 0) };
}

/** At what any other field leads to. */
export function placeOfThings(
  place: Place,
  field: SelectedField,
  below: GraphQLObjectType,
  load: FieldLoad | undefined,
  ground: Ground,
): Place {
  const { name, things, rows, page, met, isNamed } = place;
  const depth = place.depth + (load ? 1 : 0);
  if (!isThing(below)) {
    // The packing of rows, or of facts; datasets are few, and nobody knows which.
    if (page || !isListType(getNullableType(field.definition.type))) return { ...place, depth };
    const inside = lazily(() => thingsOf(things(), field.definition.name, below.name, ground));
    return { name: `${name}/${responseName(field)}`, things: inside, met, depth, isNamed: false };
  }
  const again = load?.of === undefined ? undefined : met.get(below.name);
  const here = {
    name: rows ? name : (again?.name ?? `${name}/${responseName(field)}:${below.name}`),
    things: rows ?? lazily(() => thingsBelow(place, field, below.name, again?.things, ground)),
  };
  return { ...here, met: new Map([...met, [below.name, here]]), depth, isNamed: isNamed && below.name !== 'Workspace' };
}

function thingsBelow(
  { name, things }: Place,
  field: SelectedField,
  type: string,
  again: (() => Things) | undefined,
  ground: Ground,
): Things {
  if (name === '') {
    if (field.definition.name === 'workspace')
      return { ...NOTHING, known: [{ kind: 'Workspace', username: ground.workspace }] };
    return together([{ ...NOTHING, known: namedThings(type, field, ground.recall) ?? [] }, NOTHING]);
  }
  const found = thingsOf(things(), field.definition.name, type, ground);
  if (!again || found.others === 0) return found;
  // Up to what was met on the way down: which those are may be known, though what led here is not.
  const met = again();
  return together([
    { ...found, others: 0 },
    { ...met, others: Math.min(found.others, met.others) },
  ]);
}
