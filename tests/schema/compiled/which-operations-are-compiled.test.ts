import { getOperationAST, getVariableValues, isObjectType, parse } from 'graphql';
import { compileOperation } from '../../../src/schema/compiled/compile-operation.ts';
import { CompiledOperations } from '../../../src/schema/compiled/compiled-operations.ts';
import { isFitToCompile, isFreeOfValues } from '../../../src/schema/compiled/fit-to-compile.ts';
import { withOwnVariables } from '../../../src/schema/compiled/own-variables.ts';
import { schema } from '../../../src/schema/schema.ts';

const document = parse('query A { workspace { name } } query B { workspace { id } }');

function operations(after: number, fields = 2, bytes = 1_000): CompiledOperations {
  return new CompiledOperations({ after, extentOf: () => ({ fields, bytes }) });
}

describe('an operation is compiled', () => {
  it('once it has been carried out so often as it is, and not before', async () => {
    const compiled = operations(2);
    const found = [];
    for (let time = 0; time < 5; time++) found.push(await compiled.get(schema, document, 'A'));
    expect(found.slice(0, 2)).toEqual([undefined, undefined]);
    expect(found[2]).toBeInstanceOf(Function);
    expect(new Set(found.slice(2)).size).toBe(1);
  });

  it('and another of the same document counts for itself', async () => {
    const compiled = operations(1);
    await compiled.get(schema, document, 'A');
    expect(await compiled.get(schema, document, 'B')).toBeUndefined();
    expect(await compiled.get(schema, document, 'B')).toBeInstanceOf(Function);
  });

  it('at once when it never need be carried out before', async () => {
    expect(await operations(0).get(schema, document, 'A')).toBeInstanceOf(Function);
  });

  it('never where that is switched off', () => {
    const compiled = operations(Infinity);
    for (let time = 0; time < 5; time++) expect(compiled.get(schema, document, 'A')).toBeUndefined();
  });

  it('not when it is so large that all others would wait, or holds a text that would stay with it', async () => {
    expect(await operations(0, 201).get(schema, document, 'A')).toBeUndefined();
    expect(await operations(0, 2, 1_100_000).get(schema, document, 'A')).toBeUndefined();
  });

  it('and makes place for others when all together are too large', async () => {
    const compiled = operations(0, 2, 1_000_000);
    const first = await compiled.get(schema, document, 'A');
    for (let other = 0; other < 70; other++)
      await compiled.get(schema, parse(`{ workspace { name } } #${other}`), undefined);
    const again = await compiled.get(schema, document, 'A');
    expect(again).toBeInstanceOf(Function);
    expect(again).not.toBe(first);
  });

  it.each([
    ['a condition', '{ workspace { name @include(if: true) } }'],
    ['a condition in a fragment', '{ workspace { ...F } } fragment F on Workspace { name @skip(if: false) }'],
    ['a condition on a fragment', '{ workspace { ...F @include(if: false) ...F } } fragment F on Workspace { name }'],
    // The compiler would take `c.report` and `report_c` for one.
    ['an underscore in an alias', '{ c: workspace { reports { totalCount } } reports_c: workspace { name } }'],
    ['a name that objects have a meaning for', '{ __proto__: workspace { name } }'],
    ['the schema in it', '{ __schema { types { name } } }'],
  ])('not with %s', (_, text) => {
    expect(isFitToCompile(parse(text))).toBe(false);
    expect(compileOperation(schema, parse(text), undefined)).toBeUndefined();
  });
});

describe('what a caller writes into a document', () => {
  // As graphql-jit marks the dates that it writes into its code.
  const MARK = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
  const run = `${MARK}globalThis.wasRun = true`;

  it.each([
    ['a text', `{ report(token: ${JSON.stringify(run)}) { name } }`],
    ['a text in a list', `{ reports(tokens: [${JSON.stringify(run)}]) { name } }`],
    [
      'a text in an object',
      `{ workspace { reports(filter: { or: [{ search: ${JSON.stringify(run)} }] }) { totalCount } } }`,
    ],
    ['the default of a variable', `query ($t: String! = ${JSON.stringify(run)}) { report(token: $t) { name } }`],
    [
      'a text beside a variable',
      `query ($n: Int) { workspace { reports(first: $n, after: ${JSON.stringify(run)}) { totalCount } } }`,
    ],
  ])('never becomes code: %s', async (_, text) => {
    const document = parse(text);
    const compiled = compileOperation(schema, document, undefined);
    expect(compiled).toBeDefined();
    const variables = getVariableValues(schema, getOperationAST(document)?.variableDefinitions ?? [], {}).coerced ?? {};
    // Without a context, resolvers fail; arguments were worked out before that.
    await compiled?.({ variables, rootValue: {}, contextValue: {} });
    expect(globalThis).not.toHaveProperty('wasRun');
  });

  it('is not there any more in what is compiled', () => {
    const text =
      '{ workspace { reports(first: 3, filter: { or: [{ search: "x", neverViewed: true }] }) { totalCount } } }';
    const own = withOwnVariables(schema, parse(text), 'JSON');
    expect(isFreeOfValues(parse(text))).toBe(false);
    expect(isFreeOfValues(own.document)).toBe(true);
    expect(Object.values(own.valuesOf({}) ?? {})).toEqual([3, { or: [{ search: 'x', neverViewed: true }] }]);
  });
});

describe('names of types and fields', () => {
  it('are different when they are put together, as the compiler does', () => {
    const names = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) ? Object.keys(type.getFields()).map((field) => type.name + field) : [],
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !name.startsWith('__') && name.includes('_'))).toEqual([]);
  });
});
