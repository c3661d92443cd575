import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentSpreadNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
} from 'graphql';
import type { Question } from '../asking/read-question.ts';
import { fragmentsOf } from '../rows/fields.ts';

/** A step from the operation down to the connection. */
export interface Step {
  readonly original: FieldNode | InlineFragmentNode | FragmentSpreadNode;
  /** The same; for a fragment that is spread, what stands in it. */
  readonly node: FieldNode | InlineFragmentNode;
}

export interface FoundConnection {
  /** The way down to it, itself not among them. */
  readonly steps: readonly Step[];
  readonly field: FieldNode;
  /** Where it stands in the answer. */
  readonly path: readonly string[];
}

/** Where the search has come to. */
interface Place {
  readonly type: GraphQLNamedType | null | undefined;
  readonly steps: readonly Step[];
  /** The list that all of this is inside of. */
  readonly list: string | undefined;
  /** Fragments that all of this is inside of. */
  readonly within: readonly string[];
}

type Found = FoundConnection | string | undefined;

/** The first connection of a question in the order in which it is written, or why its pages cannot be followed. */
export function findConnection(
  { document, operation }: Pick<Question, 'document' | 'operation'>,
  schema: GraphQLSchema,
): FoundConnection | string {
  const fragments = fragmentsOf(document);
  const start: Place = { type: schema.getQueryType(), steps: [], list: undefined, within: [] };
  return search(operation.selectionSet, start) ?? 'there is no connection in it, such as "reports"';

  function search({ selections }: SelectionSetNode, place: Place): Found {
    for (const selection of selections) {
      const found = selection.kind === Kind.FIELD ? searchField(selection, place) : searchFragment(selection, place);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function searchFragment(original: InlineFragmentNode | FragmentSpreadNode, place: Place): Found {
    if (original.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition, selectionSet } = original;
      const type = typeCondition ? schema.getType(typeCondition.name.value) : place.type;
      return search(selectionSet, { ...place, type, steps: [...place.steps, { original, node: original }] });
    }
    const name = original.name.value;
    const fragment = fragments.get(name);
    if (!fragment || place.within.includes(name)) return undefined;
    const { typeCondition, selectionSet } = fragment;
    const { directives = [] } = original;
    const node: InlineFragmentNode = { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, directives };
    return search(selectionSet, {
      ...place,
      type: schema.getType(typeCondition.name.value),
      steps: [...place.steps, { original, node }],
      within: [...place.within, name],
    });
  }

  function searchField(field: FieldNode, place: Place): Found {
    const { type, steps, list } = place;
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    if (!definition || !field.selectionSet) return undefined;
    const below = getNamedType(definition.type);
    const path = [...steps.flatMap(({ node }) => keyOf(node)), ...keyOf(field)];
    if (!isConnection(below)) {
      const isList = isListType(getNullableType(definition.type));
      const deeper = [...steps, { original: field, node: field }];
      return search(field.selectionSet, { ...place, type: below, steps: deeper, list: isList ? path.join('.') : list });
    }
    return list === undefined
      ? { steps, field, path }
      : `"${path.join('.')}" stands inside the list "${list}", so there is one for each row`;
  }
}

function keyOf(node: Step['node']): string[] {
  return node.kind === Kind.FIELD ? [node.alias?.value ?? node.name.value] : [];
}

function isConnection(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.name.endsWith('Connection') && 'pageInfo' in type.getFields();
}
