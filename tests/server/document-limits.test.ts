import { getIntrospectionQuery, parse } from 'graphql';
import type { Gateway } from '../../src/gateway.ts';
import { measureDocument } from '../../src/server/bounds/measure-document.ts';
import { DocumentCache } from '../../src/server/document-cache.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, codes, envFor, gatewayOver, post, startSmallMode, type Env } from '../support/gateway.ts';

const size = (query: string) => measureDocument(parse(query));

describe('the size of a document', () => {
  it('is that of its largest operation, fragments counted wherever they are spread', () => {
    expect(
      size(`query A @a { workspace { ...F b: collections { nodes { ...G @skip(if: true) } } ... @a { c: username } } }
        query B { a: __typename }
        fragment F on Workspace { username x: token ...G }
        fragment G on Node @a { id @include(if: true) y: id }`),
    ).toEqual({ depth: 4, fields: 10, rootFields: 1, aliases: 5, directives: 5 });
  });

  it('counts a field at the top once, however often it is asked for, and through fragments', () => {
    expect(
      size(
        '{ a: __typename workspace { token } workspace { username } ...F } fragment F on Query { catalog { state } ... { rateLimit { limit } } }',
      ),
    ).toMatchObject({
      rootFields: 4,
    });
  });

  it('is told in the time the document takes to read, however much its fragments multiply or go round', () => {
    const fragments = Array.from({ length: 300 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
    expect(size(`{ ...F0 } ${fragments.join(' ')} fragment F300 on Query { a: __typename }`).aliases).toBe(2 ** 300);
    expect(
      size('{ ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A b: __typename }'),
    ).toMatchObject({
      fields: 2,
      aliases: 1,
    });
    expect(size('{ ...Nowhere } type Query { a: Int }')).toMatchObject({ fields: 0, depth: 0 });
  });
});

describe('a document', () => {
  const unforeseen: unknown[] = [];
  let mode: Simulator;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(() => mode.close());

  const over = (env: Env = {}): Gateway =>
    gatewayOver({ ...envFor(mode), ...env }, { reportError: (error) => unforeseen.push(error) });

  it.each([1_300, 5_000, 50_000])(
    'that is %d fields deep is refused at no call, and masks no fault of ours',
    async (depth) => {
      const gateway = over();
      const answer = await ask(gateway, '{a'.repeat(depth) + '}'.repeat(depth));
      expect(codes(answer)).toEqual(['OPERATION_TOO_COSTLY']);
      expect([unforeseen, mode.ledger.entries]).toEqual([[], []]);
      expect((await ask(gateway, '{ workspace { username } }')).errors).toBeUndefined();
    },
  );

  const repeated = (times: number, each: (index: number) => string): string =>
    Array.from({ length: times }, (_, index) => each(index)).join(' ');

  it.each<[string, string, number, number, (found: number) => string]>([
    ['MAX_TOKENS', 'tokens', 500, 501, (found) => `{ ${'__typename '.repeat(found - 2)}}`],
    [
      'MAX_DEPTH',
      'depth',
      16,
      17,
      (found) => `{ __schema { types { ${'ofType { '.repeat(found - 3)} name ${'} '.repeat(found - 3)} } } }`,
    ],
    ['MAX_ALIASES', 'aliases', 5, 6, (found) => `{ workspace { ${repeated(found, (i) => `a${i}: username`)} } }`],
    ['MAX_ROOT_FIELDS', 'rootFields', 5, 6, (found) => `{ ${repeated(found, (i) => `a${i}: __typename`)} }`],
    [
      'MAX_DIRECTIVES',
      'directives',
      5,
      6,
      (found) => `{ workspace { ${repeated(found, () => 'username @include(if: true)')} } }`,
    ],
    [
      'MAX_FIELDS',
      'fields',
      500,
      501,
      (found) => `{ workspace { ${'...F '.repeat(found - 1)} } } fragment F on Workspace { username }`,
    ],
  ])('that fits into %s is answered, one more is refused', async (variable, bound, limit, found, make) => {
    const gateway = over({ [variable]: String(limit), ...(bound === 'rootFields' && { MAX_ALIASES: '100' }) });
    expect(codes(await ask(gateway, make(limit)))).not.toContain('OPERATION_TOO_COSTLY');
    const refused = await ask(gateway, make(found));
    expect(codes(refused)).toEqual(['OPERATION_TOO_COSTLY']);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ bound, limit });
    expect(refused.errors?.[0]?.message).toContain(String(limit));
    expect(refused.data).toBeUndefined();
    // It is refused again, whatever was remembered of it.
    expect(codes(await ask(gateway, make(found)))).toEqual(['OPERATION_TOO_COSTLY']);
    expect(mode.ledger.entries).toEqual([]);
  });

  it('over a bound has the status that GraphQL over HTTP wants of it', async () => {
    const gateway = over();
    const refused = [
      `{ workspace { ${repeated(60, (i) => `a${i}: username`)} } }`,
      '{a'.repeat(300),
      '{ workspace { collections(first: 100) { nodes { reports(first: 100) { nodes { queries(first: 100) { nodes { name } } } } } } } }',
    ];
    for (const query of refused) {
      for (const [accept, status] of [
        ['application/json', 200],
        ['application/graphql-response+json', 400],
      ] as const) {
        const request = post(query);
        const headers = { 'content-type': 'application/json', accept };
        const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers });
        expect(response.status).toBe(status);
      }
    }
  });

  it('as long and as deep as an introspection is answered, by the strictest depth too', async () => {
    const gateway = over({ MAX_DEPTH: '16' });
    const longest = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    for (const query of [getIntrospectionQuery(), longest]) {
      expect((await ask(gateway, query)).errors).toBeUndefined();
    }
    expect(size(longest)).toMatchObject({ aliases: 0 });
  });

  it('that asks for pages of pages with everything packed into edges is answered', async () => {
    const query = `{ workspace { collections(first: 3) { edges { cursor node { id reports(first: 3) { edges { node { id
      queries(first: 3) { edges { node { id charts(first: 3) { edges { node { id creator { id name } } } pageInfo { endCursor } } } } } } } } } } } } }`;
    expect((await ask(over(), query)).errors).toBeUndefined();
  });
});

describe('parsed documents', () => {
  const texts = Array.from({ length: 60 }, (_, index) => `{ a${index} ${'b '.repeat(20)} }`);

  const askTwice = (cache: DocumentCache, text: string): void => {
    for (let time = 0; time < 2; time++) if (!cache.get(text)) cache.set(text, parse(text));
  };

  it('are remembered until they take more memory than they may, those that are asked longest', () => {
    const cache = new DocumentCache(200_000);
    const [asked = '', ...others] = texts;
    for (const text of [asked, ...others]) {
      askTwice(cache, text);
      cache.get(asked);
    }
    expect(cache.size).toBeGreaterThan(8);
    expect(cache.size).toBeLessThan(20);
    expect(cache.get(asked)).toBeDefined();
    expect(cache.get(texts[1] ?? '')).toBeUndefined();
    expect(cache.get(texts.at(-1) ?? '')).toBeDefined();
  });

  it('that are asked once are not, and drive out none that were asked again', () => {
    const cache = new DocumentCache(200_000);
    const [asked = '', ...others] = texts;
    askTwice(cache, asked);
    for (let n = 0; n < 20; n++) for (const text of others) cache.set(`${text}#${n}`, parse(text));
    expect(cache.size).toBe(1);
    expect(cache.get(asked)).toBeDefined();
  });

  it('are remembered when they are asked again among many that are asked once', () => {
    const cache = new DocumentCache(200_000);
    const [asked = '', ...others] = texts;
    cache.set(asked, parse(asked));
    for (const text of others.slice(0, 30)) cache.set(text, parse(text));
    cache.set(asked, parse(asked));
    expect(cache.get(asked)).toBeDefined();
  });

  it('that alone would take more are not', () => {
    const cache = new DocumentCache(10_000);
    const text = `{ ${'a '.repeat(100)} }`;
    askTwice(cache, text);
    expect(cache.size).toBe(0);
  });
});
