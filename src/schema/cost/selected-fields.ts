import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Question } from './question.ts';

/** A field of the answer: all nodes of the document that ask for it, and its arguments. */
export interface SelectedField {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * The fields that a selection asks of an object of a type, merged as execution merges them: fragments looked
 * through, `@skip` and `@include` heeded. Leaves out fields about the schema, and those whose arguments cannot be:
 * they fail before anything is read.
 */
export function selectedFields(
  question: Question,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): SelectedField[] {
  const grouped = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const set of sets) collect(question, type, set, grouped, spread);
  return [...grouped.values()].flatMap((nodes) => selectedField(question, type, nodes) ?? []);
}

/** What it is called in the answer. */
export function responseName({ nodes: [node] }: SelectedField): string {
  return (node?.alias ?? node?.name)?.value ?? '';
}

/** The selections below a field. */
export function setsBelow({ nodes }: SelectedField): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}

function selectedField(
  { variables }: Question,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): SelectedField | undefined {
  const [node] = nodes;
  const definition = node && type.getFields()[node.name.value];
  if (!definition) return undefined;
  try {
    return { definition, nodes, arguments: getArgumentValues(definition, node, variables) };
  } catch {
    return undefined;
  }
}

function collect(
  question: Question,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  grouped: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const selection of set.selections) {
    if (!isAskedFor(question, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      const nodes = grouped.get(name);
      if (nodes) nodes.push(selection);
      else grouped.set(name, [selection]);
      continue;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (applies(question, type, selection.typeCondition?.name.value)) {
        collect(question, type, selection.selectionSet, grouped, spread);
      }
      continue;
    }
    const name = selection.name.value;
    const fragment = question.fragments[name];
    if (spread.has(name) || !fragment || !applies(question, type, fragment.typeCondition.name.value)) continue;
    spread.add(name);
    collect(question, type, fragment.selectionSet, grouped, spread);
  }
}

function isAskedFor({ variables }: Question, selection: SelectionNode): boolean {
  try {
    if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
  } catch {
    // A condition that is null after all: execution refuses it.
    return false;
  }
}

function applies({ schema }: Question, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditional = schema.getType(condition);
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
}
