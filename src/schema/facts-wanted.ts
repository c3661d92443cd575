import {
  getNamedType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';
import { madeOnce } from '../loading/made-once.ts';
import type { Clause, Scope, Source } from '../loading/plan.ts';
import type { Wanted } from '../loading/wanted.ts';

/** What a resolver is told of the selection below its field. */
export type Selection = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'fieldNodes' | 'returnType'>;

/**
 * The facts a field's selection asks of each thing, read off the fields' own declarations (`fact`).
 * Looks through fragments; takes fields under `@skip` and `@include` for asked.
 */
export function factsOfThing(info: Selection): readonly Clause[] {
  return kept(info, thingFacts);
}

const thingFacts = keeper((info, type) =>
  isObjectType(type) ? info.fieldNodes.flatMap((node) => facts(info, type, node.selectionSet, 'all')) : [],
);

/** What a field wants of the one thing it stands for. The same object each time, for the same field of a document. */
export function wantedOf(info: Selection): Wanted {
  return wantedOfFacts(factsOfThing(info));
}

const wantedOfFacts = madeOnce((clauses: readonly Clause[]): Wanted => ({ clauses, pageSize: 0 }));

/** The same for a connection: what is asked of its rows, under `nodes` and `edges.node`. */
export function factsOfRows(info: Selection): readonly Clause[] {
  return kept(info, rowFacts);
}

const rowFacts = keeper((info, connection) => {
  if (!isObjectType(connection)) return [];
  const row = getNamedType(connection.getFields().nodes?.type);
  if (!isObjectType(row)) return [];
  const sets = info.fieldNodes.flatMap((node) => [
    ...below(info, node.selectionSet, 'nodes'),
    ...below(info, node.selectionSet, 'edges').flatMap((edges) => below(info, edges, 'node')),
  ]);
  return sets.flatMap((set) => facts(info, row, set, 'page'));
});

/** What `node(id:)` asks of an object of a type. */
export function factsOfNode(info: Selection, typeName: string): Clause[] {
  const type = info.schema.getType(typeName);
  return isObjectType(type) ? info.fieldNodes.flatMap((node) => facts(info, type, node.selectionSet, 'all')) : [];
}

type Keeper = ReturnType<typeof keeper>;

/** Keeps what was gathered for a field of a document, which is asked again for every object that bears the field. */
function keeper(gather: (info: Selection, type: GraphQLNamedType) => Clause[]) {
  return { gather, known: new WeakMap<FieldNode, WeakMap<GraphQLNamedType, readonly Clause[]>>() };
}

function kept(info: Selection, { gather, known }: Keeper): readonly Clause[] {
  const type = getNamedType(info.returnType);
  const [node, ...others] = info.fieldNodes;
  // Several nodes make one field where fragments overlap, and not always the same ones.
  if (!node || others.length > 0) return gather(info, type);
  let ofNode = known.get(node);
  if (!ofNode) known.set(node, (ofNode = new WeakMap()));
  let clauses = ofNode.get(type);
  if (!clauses) ofNode.set(type, (clauses = gather(info, type)));
  return clauses;
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
