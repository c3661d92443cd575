import { execute, GraphQLError, GraphQLScalarType, parse, type ExecutionResult } from 'graphql';
import { createSchema } from 'graphql-yoga';
import { compileOperation } from '../../../src/schema/compiled/compile-operation.ts';

const thrown = new Error('thrown');

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    scalar JSON
    scalar Picky
    interface Named {
      name: String
    }
    type Thing implements Named {
      name: String
      fails: String
      failsLater: String
      mayNotFail: String!
      mayNotBeNull: Int!
      picky: Picky
      count: Int
      things: [Thing!]
      some: [Thing]
      named: Named
    }
    type Query {
      thing: Thing
      surely: Thing!
    }
  `,
  resolvers: {
    Query: { thing: () => ({}), surely: () => ({}) },
    Named: { __resolveType: () => 'Thing' },
    Thing: {
      name: () => 'n',
      fails: () => {
        throw thrown;
      },
      failsLater: () => Promise.reject(thrown),
      mayNotFail: () => Promise.reject(new GraphQLError('coded', { extensions: { code: 'A_CODE' } })),
      mayNotBeNull: () => null,
      picky: () => 'anything',
      count: () => 'many',
      // One: of two that make the same list null, graphql-js tells of the first alone.
      things: () => [{}],
      // None that rejects: see eachOnItsOwn.
      some: () => [{}, thrown, Promise.resolve(thrown), null],
      named: () => Promise.resolve({}),
    },
    Picky: new GraphQLScalarType({
      name: 'Picky',
      serialize: () => {
        throw new TypeError('not this');
      },
    }),
  },
});

/** With what is behind each error, which masking goes by. */
function withCauses({ data, errors = [] }: ExecutionResult): unknown {
  const told = errors.map((error) => ({ ...error.toJSON(), isCaused: error.originalError !== undefined }));
  const byPath = (a: { path?: unknown }, b: { path?: unknown }): number =>
    JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1;
  return { data: JSON.parse(JSON.stringify(data)) as unknown, errors: told.sort(byPath) };
}

describe('an error of a compiled operation', () => {
  it.each([
    '{ thing { name fails } }',
    '{ thing { name failsLater a: failsLater } }',
    '{ thing { name mayNotFail } }',
    '{ thing { things { name mayNotBeNull } } }',
    '{ surely { mayNotBeNull } }',
    '{ surely { name things { some { mayNotFail } } } }',
    '{ thing { picky count } }',
    '{ thing { some { name } } }',
    '{ thing { named { name ... on Thing { fails mayNotFail } } } }',
    'query { thing { ...F } } fragment F on Thing { name\n fails\n failsLater }',
  ])('is as graphql-js makes it: %s', async (text) => {
    const document = parse(text);
    const compiled = compileOperation(schema, document, undefined);
    const found = await compiled?.({ variables: {} });
    expect(withCauses(found ?? {})).toEqual(withCauses(await execute({ schema, document })));
  });

  it('about a variable that may not be null is left to who says so', () => {
    const document = parse('query ($name: String = "x") { __type(name: $name) { kind } }');
    const asked = parse('query ($n: Int = 1) { some(n: $n) }');
    const small = createSchema({ typeDefs: 'scalar JSON type Query { some(n: Int!): Int }' });
    const compiled = compileOperation(small, asked, undefined);
    expect(compiled?.({ variables: { n: null } })).toBeUndefined();
    expect(compiled?.({ variables: { n: 1 } })).toBeDefined();
    expect(compileOperation(schema, document, undefined)).toBeUndefined();
  });

  it('is of one operation of the document', () => {
    expect(compileOperation(schema, parse('query A { thing { name } }'), 'B')).toBeUndefined();
  });
});
