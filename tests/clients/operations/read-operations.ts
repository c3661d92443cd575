import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, visit, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';

/** Everything that the code generators read. */
export const OPERATIONS = join(__dirname, '*.graphql');

export interface Definition<Node> {
  readonly name: string;
  readonly node: Node;
  /** Names of the fragments it spreads by itself. */
  readonly spreads: readonly string[];
}

export interface Operations {
  /** Those that others spread first. */
  readonly fragments: readonly Definition<FragmentDefinitionNode>[];
  /** One for each file but that of the fragments. */
  readonly operations: readonly Definition<OperationDefinitionNode>[];
}

export function readOperations(): Operations {
  const definitions = readdirSync(__dirname)
    .filter((file) => file.endsWith('.graphql'))
    .flatMap((file) => parse(readFileSync(join(__dirname, file), 'utf8')).definitions);
  const fragments = new Map<string, Definition<FragmentDefinitionNode>>();
  const operations: Definition<OperationDefinitionNode>[] = [];
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, definitionOf(node.name.value, node));
    if (node.kind === Kind.OPERATION_DEFINITION) operations.push(definitionOf(node.name?.value ?? '', node));
  }
  const sorted = new Set<Definition<FragmentDefinitionNode>>();
  const place = (fragment: Definition<FragmentDefinitionNode> | undefined): void => {
    for (const name of fragment?.spreads ?? []) place(fragments.get(name));
    if (fragment) sorted.add(fragment);
  };
  for (const fragment of fragments.values()) place(fragment);
  return { fragments: [...sorted], operations };
}

/** An operation with the fragments it needs, as it is sent. */
export function textOf(operation: Definition<OperationDefinitionNode>, { fragments }: Operations): string {
  const needed = new Set(operation.spreads);
  // A fragment comes before those that spread it.
  for (const fragment of [...fragments].reverse()) {
    if (needed.has(fragment.name)) for (const name of fragment.spreads) needed.add(name);
  }
  return [operation, ...fragments.filter(({ name }) => needed.has(name))].map(({ node }) => print(node)).join('\n');
}

function definitionOf<Node extends FragmentDefinitionNode | OperationDefinitionNode>(
  name: string,
  node: Node,
): Definition<Node> {
  const spreads = new Set<string>();
  visit(node, { FragmentSpread: (spread) => void spreads.add(spread.name.value) });
  return { name, node, spreads: [...spreads] };
}
