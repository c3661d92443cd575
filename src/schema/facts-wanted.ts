import {
  getNamedType,
  isObjectType,
  Kind,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';
import type { Clause, Scope, Source } from '../loading/plan.ts';

/** What a resolver is told of the selection below its field. */
export type Selection = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'fieldNodes' | 'returnType'>;

/**
 * The facts a field's selection asks of each thing, read off the fields' own declarations (`fact`).
 * Looks through fragments; takes fields under `@skip` and `@include` for asked.
 */
export function factsOfThing(info: Selection): Clause[] {
  const type = getNamedType(info.returnType);
  return isObjectType(type) ? info.fieldNodes.flatMap((node) => facts(info, type, node.selectionSet, 'all')) : [];
}

/** The same for a connection: what is asked of its rows, under `nodes` and `edges.node`. */
export function factsOfRows(info: Selection): Clause[] {
  const connection = getNamedType(info.returnType);
  if (!isObjectType(connection)) return [];
  const row = getNamedType(connection.getFields().nodes?.type);
  if (!isObjectType(row)) return [];
  const sets = info.fieldNodes.flatMap((node) => [
    ...below(info, node.selectionSet, 'nodes'),
    ...below(info, node.selectionSet, 'edges').flatMap((edges) => below(info, edges, 'node')),
  ]);
  return sets.flatMap((set) => facts(info, row, set, 'page'));
}

/** What `node(id:)` asks of an object of a type. */
export function factsOfNode(info: Selection, typeName: string): Clause[] {
  const type = info.schema.getType(typeName);
  return isObjectType(type) ? info.fieldNodes.flatMap((node) => facts(info, type, node.selectionSet, 'all')) : [];
}

function facts(info: Selection, type: GraphQLObjectType, set: SelectionSetNode | undefined, scope: Scope): Clause[] {
  const fields = type.getFields();
  return fieldsOf(info, set).flatMap(({ name }) => {
    const sources = fields[name.value]?.extensions.sources as readonly Source[] | undefined;
    return sources ? [{ anyOf: sources, scope }] : [];
  });
}

function below(info: Selection, set: SelectionSetNode | undefined, name: string): SelectionSetNode[] {
  return fieldsOf(info, set)
    .filter((field) => field.name.value === name)
    .flatMap((field) => field.selectionSet ?? []);
}

function fieldsOf(info: Selection, set: SelectionSetNode | undefined) {
  const found: { readonly name: { readonly value: string }; readonly selectionSet?: SelectionSetNode | undefined }[] =
    [];
  const visit = (selections: SelectionSetNode | undefined): void => {
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) found.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else visit(info.fragments[selection.name.value]?.selectionSet);
    }
  };
  visit(set);
  return found;
}
