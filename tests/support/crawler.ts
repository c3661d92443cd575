/** Asks for every field of everything that can be reached from the root, as a caller with the whole schema would. */
import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { schema } from '../../src/schema/schema.ts';
import type { Answer } from './gateway.ts';
import { listAt, type Tree } from './tree.ts';

export type Ask = (query: string, variables?: Record<string, Tree>) => Promise<Answer>;

/** What one caller was told. */
export interface Crawl {
  /** Every object, by its global id: all of its fields, and whom they point to. */
  readonly objects: ReadonlyMap<string, Tree>;
  /** What every answer said, errors and bills included, as text. */
  readonly said: readonly string[];
}

const BATCH = 40;
const DEEPEST = 3;

/** What ids are called in answers: charts hold JSON of Mode's, with ids of its own. */
const GLOBAL_ID = 'globalId';

/** @throws when an answer has an error: whatever can be reached can be read */
export async function crawl(ask: Ask): Promise<Crawl> {
  const objects = new Map<string, Tree>();
  const said: string[] = [];
  const met = new Set<string>();
  let frontier: string[] = [];
  const hear = (answer: Answer): void => {
    said.push(JSON.stringify(answer));
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    for (const id of idsIn(answer.data)) {
      if (!met.has(id)) frontier.push(id);
      met.add(id);
    }
  };
  hear(await ask(`{ ${selectionOf(objectType('Query'))} }`));
  const byId = `query ($ids: [ID!]!) { nodes(ids: $ids) { ${fragmentsOfNodes()} } }`;
  while (frontier.length > 0) {
    const ids = frontier.slice(0, BATCH);
    frontier = frontier.slice(BATCH);
    const answer = await ask(byId, { ids });
    hear(answer);
    listAt(answer.data, 'nodes').forEach((node, place) => {
      if (node !== null) objects.set(ids[place] ?? '', node);
    });
  }
  return { objects, said };
}

/** Of each type that has an id: all its fields. */
export function fragmentsOfNodes(): string {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('there is no Node');
  return schema
    .getPossibleTypes(node)
    .map((type) => `... on ${type.name} { __typename ${selectionOf(type)} }`)
    .join(' ');
}

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`there is no type ${name}`);
  return type;
}

function selectionOf(type: GraphQLObjectType, depth = 0): string {
  // Fields of different types that are called the same must not meet under one name.
  return Object.values(type.getFields())
    .map((field) => selectionOfField(type, field, depth))
    .join(' ');
}

function selectionOfField(parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>, depth: number): string {
  if (field.args.some(isRequiredArgument)) return '';
  const alias = `${parent.name}_${field.name}: ${field.name}`;
  const type = getNamedType(field.type);
  if (isLeafType(type)) return field.name === 'id' ? `${GLOBAL_ID}: id` : alias;
  if (!isObjectType(type)) return `${alias} { ${GLOBAL_ID}: id }`;
  if (type.name.endsWith('Connection')) {
    return `${alias}(first: 1000) { totalCount pageInfo { hasNextPage } edges { node { ${GLOBAL_ID}: id } } }`;
  }
  if (type.getFields().id) return `${alias} { ${GLOBAL_ID}: id }`;
  return depth < DEEPEST ? `${alias} { ${selectionOf(type, depth + 1)} }` : '';
}

function* idsIn(tree: Tree | undefined): Generator<string> {
  if (typeof tree !== 'object' || tree === null) return;
  for (const [key, value] of Object.entries(tree)) {
    if (key === GLOBAL_ID && typeof value === 'string') yield value;
    else yield* idsIn(value);
  }
}
