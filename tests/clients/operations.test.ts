import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  concatAST,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  typeFromAST,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
  type GraphQLSchema,
  type NamedTypeNode,
} from 'graphql';
import type { Answer } from '../support/gateway.ts';
import { at, listAt, textAt, type Tree } from '../support/tree.ts';
import { SCHEMA } from './client-project.ts';
import { startGatewayOnSimulator, withDiscovery, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { readOperations, textOf } from './operations/read-operations.ts';
import { variablesFor, type Variables } from './operations/variables.ts';

const read = readOperations();
const texts = new Map(read.operations.map((operation) => [operation.name, textOf(operation, read)]));

let schema: GraphQLSchema;
let gateway: GatewayOnSimulator;
let variables: Readonly<Record<string, readonly Variables[]>>;

beforeAll(async () => {
  schema = buildSchema(await readFile(SCHEMA, 'utf8'));
  gateway = await startGatewayOnSimulator({ collections: 4, reports: 40, members: 8, dataSources: 3 }, withDiscovery);
  variables = variablesFor(gateway.mode.world);
});
afterAll(() => gateway.stop());

async function ask(operationName: string, values: Variables): Promise<Answer> {
  const response = await fetch(gateway.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: texts.get(operationName), operationName, variables: values }),
  });
  return (await response.json()) as Answer;
}

describe('the operations that clients are tested with', () => {
  it('are thirty, all of them valid', () => {
    expect(texts.size).toBe(30);
    for (const text of texts.values()) expect(validate(schema, parse(text))).toEqual([]);
  });

  it('ask for every field of every type', () => {
    const asked = new Set<string>();
    const types = new TypeInfo(schema);
    const note = (): void => void asked.add(`${types.getParentType()?.name ?? ''}.${types.getFieldDef()?.name ?? ''}`);
    visit(concatAST([...texts.values()].map((text) => parse(text))), visitWithTypeInfo(types, { Field: note }));
    const all = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .flatMap((type) =>
        isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
      );
    expect(all.filter((name) => !asked.has(name))).toEqual([]);
  });

  it('are asked with every condition of every filter, and every order', () => {
    const used = new Set<string>();
    for (const { name, node } of read.operations) {
      for (const { variable, type } of node.variableDefinitions ?? []) {
        const named = getNamedType(typeFromAST(schema, type as NamedTypeNode));
        for (const values of variables[name] ?? []) note(named, values[variable.name.value]);
      }
    }
    function note(type: GraphQLNamedType | undefined, value: unknown): void {
      if (Array.isArray(value)) for (const each of value) note(type, each);
      else if (isEnumType(type) && typeof value === 'string') used.add(`${type.name}.${value}`);
      else if (isInputObjectType(type) && typeof value === 'object' && value !== null) {
        for (const [name, member] of Object.entries(value)) {
          used.add(`${type.name}.${name}`);
          note(getNamedType(type.getFields()[name]?.type), member);
        }
      }
    }
    const all = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (isInputObjectType(type)) return Object.keys(type.getFields()).map((name) => `${type.name}.${name}`);
      const isOrder = isEnumType(type) && type.name.endsWith('OrderField');
      return isOrder ? type.getValues().map(({ name }) => `${type.name}.${name}`) : [];
    });
    expect(all.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('every one of these operations', () => {
  const BY_ID = ['Again', 'SeveralAgain'];
  const asked = read.operations.map(({ name }) => name).filter((name) => !BY_ID.includes(name));
  let answers: Map<string, Answer[]>;
  /** Of each question what it cost by its own bill, and by Mode's. */
  const bills: { readonly name: string; readonly told: number; readonly counted: number }[] = [];

  beforeAll(async () => {
    answers = new Map();
    for (const name of asked) {
      const those: Answer[] = [];
      for (const values of variables[name] ?? []) {
        gateway.mode.ledger.clear();
        const answer = await ask(name, values);
        those.push(answer);
        const { rest = NaN, discovery = NaN } = answer.extensions?.upstream.calls ?? {};
        bills.push({ name, told: rest + discovery, counted: gateway.mode.ledger.entries.length });
      }
      answers.set(name, those);
    }
  });

  it.each(asked)('%s is answered without an error, and finds something', (name) => {
    const those = answers.get(name) ?? [];
    expect(those.length).toBeGreaterThan(0);
    for (const [index, { data, errors }] of those.entries()) {
      const question = [name, variables[name]?.[index]];
      expect([...question, errors]).toEqual([...question, undefined]);
      const found = Object.values(data as Record<string, Tree>).flatMap(countsIn);
      expect([...question, found.includes(0)]).toEqual([...question, false]);
    }
  });

  it('costs the calls that its bill tells, and many of them none', () => {
    expect(bills.filter(({ told, counted }) => told !== counted)).toEqual([]);
    expect(bills.filter(({ told }) => told === 0).length).toBeGreaterThan(bills.length / 2);
  });

  it('gives out ids that lead back to the same objects, of every type that has one', async () => {
    const ids = [...new Set([...answers.values()].flat().flatMap(({ data }) => [...idsIn(data)]))];
    const types = new Set<string>();
    for (let from = 0; from < ids.length; from += 100) {
      const some = ids.slice(from, from + 100);
      const { data, errors } = await ask('SeveralAgain', { ids: some });
      expect(errors).toBeUndefined();
      expect(listAt(data, 'nodes').map((node) => at(node, 'id'))).toEqual(some);
      for (const node of listAt(data, 'nodes')) {
        const type = textAt(node, '__typename');
        if (!types.has(type)) expect(await ask('Again', { id: at(node, 'id') })).toMatchObject({ data: { node } });
        types.add(type);
      }
    }
    const node = schema.getType('Node');
    expect([...types].sort()).toEqual(
      isInterfaceType(node)
        ? schema
            .getPossibleTypes(node)
            .map(({ name }) => name)
            .sort()
        : [],
    );
  });
});

/** How much there is: 0 for null, and the counts of the lists right below. */
function countsIn(root: Tree): number[] {
  if (root === null) return [0];
  if (typeof root !== 'object') return [];
  return Object.entries(root).flatMap(([name, value]) => {
    if (name === 'totalCount' && typeof value === 'number') return [value];
    return typeof value === 'object' && value !== null && 'totalCount' in value ? countsIn(value) : [];
  });
}

function* idsIn(tree: Tree | undefined): Generator<string> {
  if (typeof tree !== 'object' || tree === null) return;
  for (const [name, value] of Object.entries(tree)) {
    if (name === 'id' && typeof value === 'string') yield value;
    // A chart as Mode stores it has ids of its own.
    else if (name !== 'viewVegas') yield* idsIn(value);
  }
}
