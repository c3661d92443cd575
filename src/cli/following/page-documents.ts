import {
  Kind,
  parseType,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { Question } from '../asking/read-question.ts';
import { fieldsOf, fragmentsOf, type Fragments } from '../rows/fields.ts';
import type { FoundConnection, Step } from './find-connection.ts';

/** A question put so that a connection of it can be followed. */
export interface PageDocuments {
  /** The question, which also asks where the page ends. */
  readonly first: DocumentNode;
  /** The connection alone: what else was asked is known by then, and would only cost again. */
  readonly next: DocumentNode;
  /** The variable of `next` that takes the cursor. */
  readonly cursor: string;
  /** Variables that `next` has use for, beside the cursor. */
  readonly variables: ReadonlySet<string>;
  /** Where an answer says where the page ends, inside the connection. */
  readonly pageKey: string;
}

type Asked = Pick<Question, 'document' | 'operation'>;

/** @returns why its pages cannot be followed, when they cannot */
export function pageDocuments(asked: Asked, found: FoundConnection): PageDocuments | string {
  const problem = whyNot(asked, found);
  if (problem !== undefined) return problem;
  const names = namesIn(asked.document);
  const pageKey = unusedName('_page', names);
  const cursor = unusedName('_after', names);
  const page = withPageInfo(found.field, pageKey);
  const kept = (page.arguments ?? []).filter((argument) => argument.name.value !== 'after');
  const following = { ...page, arguments: [...kept, afterArgument(cursor)] };
  const { operation } = asked;
  const first = rebuilt(operation.selectionSet, found, page);
  const next = selectionOf([
    found.steps.reduceRight<SelectionNode>((below, { node }) => holding(node, below), following),
  ]);
  const variables = variableDefinitionsFor(next, asked);
  return {
    first: documentOf(first, asked, variableDefinitionsFor(first, asked)),
    next: documentOf(next, asked, [...variables, cursorDefinition(cursor)]),
    cursor,
    variables: new Set(variables.map(({ variable }) => variable.name.value)),
    pageKey,
  };
}

function whyNot({ document, operation }: Asked, { field, path }: FoundConnection): string | undefined {
  const name = path.join('.');
  const backward = field.arguments?.find((argument) => ['last', 'before'].includes(argument.name.value));
  if (backward) return `"${name}" is read backward ("${backward.name.value}"); use "first" and "after"`;
  if (countAt(operation.selectionSet, path, fragmentsOf(document)) > 1) {
    return `"${name}" is selected more than once; put what is selected of it in one place`;
  }
  return undefined;
}

/** How many fields meet at a place of the answer. */
function countAt(selection: SelectionSetNode, [key, ...rest]: readonly string[], fragments: Fragments): number {
  const meeting = fieldsOf([selection], fragments).find((field) => field.key === key);
  if (!meeting) return 0;
  if (rest.length === 0) return meeting.selections.length;
  return meeting.selections.reduce((sum, below) => sum + countAt(below, rest, fragments), 0);
}

function withPageInfo(field: FieldNode, pageKey: string): FieldNode {
  const pageInfo = fieldNode('pageInfo', pageKey, [fieldNode('hasNextPage'), fieldNode('endCursor')]);
  return { ...field, selectionSet: selectionOf([...(field.selectionSet?.selections ?? []), pageInfo]) };
}

/** The selection with another field in the place of the connection. Fragments on the way to it are written out. */
function rebuilt(
  { selections }: SelectionSetNode,
  { steps, field }: FoundConnection,
  page: FieldNode,
): SelectionSetNode {
  const [step, ...rest] = steps;
  const original = step ? step.original : field;
  return selectionOf(
    selections.map((selection) => {
      if (selection !== original) return selection;
      const below = step?.node.selectionSet;
      return step && below
        ? { ...step.node, selectionSet: rebuilt(below, { steps: rest, field, path: [] }, page) }
        : page;
    }),
  );
}

function holding(node: Step['node'], below: SelectionNode): SelectionNode {
  return { ...node, selectionSet: selectionOf([below]) };
}

/** The operation with this selection, and those fragments alone that it uses: others would be refused. */
function documentOf(
  selectionSet: SelectionSetNode,
  { document, operation }: Asked,
  variableDefinitions: readonly VariableDefinitionNode[],
): DocumentNode {
  const all = fragmentsOf(document);
  const reached = reachedFragments(selectionSet, all).flatMap((name) => all.get(name) ?? []);
  const definition: OperationDefinitionNode = { ...operation, selectionSet, variableDefinitions };
  return { kind: Kind.DOCUMENT, definitions: [definition, ...reached] };
}

/** Those definitions of the operation that the selection has use for. */
function variableDefinitionsFor(selectionSet: SelectionSetNode, asked: Asked): VariableDefinitionNode[] {
  const used = variablesIn(documentOf(selectionSet, asked, []));
  return (asked.operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
}

function reachedFragments(selection: SelectionSetNode, fragments: Fragments, known: readonly string[] = []): string[] {
  const reached = new Set(known);
  visit(selection, {
    FragmentSpread({ name: { value } }) {
      const fragment = fragments.get(value);
      if (reached.has(value) || !fragment) return;
      for (const name of reachedFragments(fragment.selectionSet, fragments, [...reached, value])) reached.add(name);
    },
  });
  return [...reached];
}

function variablesIn(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

/** Every name in a document, whatever it is a name of. */
function namesIn(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  return names;
}

function unusedName(wish: string, names: ReadonlySet<string>): string {
  return names.has(wish) ? unusedName(`${wish}_`, names) : wish;
}

function selectionOf(selections: SelectionSetNode['selections']): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

function fieldNode(name: string, alias?: string, below?: readonly FieldNode[]): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    ...(alias !== undefined && { alias: { kind: Kind.NAME, value: alias } }),
    ...(below && { selectionSet: selectionOf(below) }),
  };
}

function afterArgument(cursor: string): ArgumentNode {
  const value = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: cursor } } as const;
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'after' }, value };
}

function cursorDefinition(cursor: string): VariableDefinitionNode {
  const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: cursor } } as const;
  const type = parseType('String');
  return { kind: Kind.VARIABLE_DEFINITION, variable, type };
}
