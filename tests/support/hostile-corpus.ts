/** What nobody should send: requests, each with the refusal it must get, at no call to Mode. Reusable by a load test. */
import { gzipSync } from 'node:zlib';
import { encodeCursor, fingerprint } from '../../src/schema/connection/cursor.ts';
import { encodeGlobalId } from '../../src/schema/global-id.ts';
import { sendRaw, sendRequest, type Reply } from './raw-http.ts';

export interface Hostile {
  readonly name: string;
  /** @param url of the gateway, without a trailing slash */
  send(url: string): Promise<Reply>;
  readonly expected: {
    /** Any of them; the first is that of a client who accepts `application/json`. */
    readonly status: readonly number[];
    /** `extensions.code` of every error. */
    readonly code: string;
    readonly bound?: string;
  };
}

type Expected = Hostile['expected'];

const OK_OR_400 = [200, 400];
const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

const invalid: Expected = { status: OK_OR_400, code: 'GRAPHQL_VALIDATION_FAILED' };
const unparsed: Expected = { status: OK_OR_400, code: 'GRAPHQL_PARSE_FAILED' };
const badInput: Expected = { status: OK_OR_400, code: 'BAD_USER_INPUT' };
const badCursor: Expected = { status: OK_OR_400, code: 'INVALID_CURSOR' };
const badRequest: Expected = { status: [400], code: 'BAD_REQUEST' };
const noQuestion: Expected = { status: OK_OR_400, code: 'BAD_REQUEST' };
const tooLarge: Expected = { status: [413], code: 'REQUEST_ENTITY_TOO_LARGE' };
const unsupported: Expected = { status: [415], code: 'UNSUPPORTED_MEDIA_TYPE' };
const tooSlow: Expected = { status: [408], code: 'REQUEST_TIMEOUT' };
const unresolved: Expected = { status: [400], code: 'OPERATION_RESOLUTION_FAILURE' };
const tooCostly = (bound: string): Expected => ({ status: OK_OR_400, code: 'OPERATION_TOO_COSTLY', bound });

/** A question in JSON, as a client would send it. */
function question(name: string, expected: Expected, query: string, variables?: unknown): Hostile {
  return body(name, expected, JSON.stringify({ query, variables }));
}

function body(name: string, expected: Expected, text: string | Buffer, headers: Record<string, string> = {}): Hostile {
  return {
    name,
    expected,
    send: (url) => sendRequest(`${url}/graphql`, 'POST', { ...JSON_HEADERS, ...headers }, text),
  };
}

function address(name: string, expected: Expected, search: string, method = 'GET'): Hostile {
  return {
    name,
    expected,
    send: (url) => sendRequest(`${url}/graphql?${search}`, method, { accept: 'application/json' }),
  };
}

function raw(name: string, expected: Expected, text: string | Buffer): Hostile {
  return { name, expected, send: (url) => sendRaw(url, text) };
}

const repeat = (text: string, times: number): string => text.repeat(times);
const numbered = (times: number, each: (index: number) => string): string =>
  Array.from({ length: times }, (_, index) => each(index)).join(' ');

/** Page inside page inside page, down to a depth and up again. */
function nestedLists(levels: number, page: string): string {
  const one = `reports${page} { nodes { collection { `;
  return `{ workspace { collections${page} { nodes { ${repeat(one, levels)} name ${repeat('} } } ', levels)} } } } }`;
}

function doubling(levels: number): string {
  const fragments = numbered(
    levels,
    (index) =>
      `fragment F${index} on Chart { a: query { report { token } charts { nodes { ...F${index + 1} } } } b: query { charts { nodes { ...F${index + 1} } } } }`,
  );
  return `{ chart(reportToken: "a", queryToken: "b", token: "c") { ...F0 } } ${fragments} fragment F${levels} on Chart { title }`;
}

const cursorOfReports = encodeCursor(
  { value: 'a', token: 'b' },
  fingerprint({ list: 'Workspace.reports:acme', filter: null, order: 'CREATED_AT DESC' }),
);
const cursorOfOtherOrder = encodeCursor(
  { value: 'a', token: 'b' },
  fingerprint({ list: 'Workspace.collections:acme', filter: null, order: 'NAME DESC' }),
);

const collections = (page: string): string => `{ workspace { collections(${page}) { totalCount } } }`;
const node = (id: string): string => `{ node(id: ${JSON.stringify(id)}) { id } }`;
const report = (token: string): string => `{ report(token: ${JSON.stringify(token)}) { name } }`;

const DOCUMENTS: readonly Hostile[] = [
  // Deep.
  question('a field inside a field, 60 times', tooCostly('depth'), nestedLists(20, '')),
  question('a field inside a field, 1,200 times', tooCostly('nesting'), repeat('{a', 1_200) + repeat('}', 1_200)),
  question('braces that are never closed', tooCostly('nesting'), repeat('{a', 20_000)),
  question(
    'a list inside a list, 2,000 times',
    tooCostly('nesting'),
    `{ a(b: ${repeat('[', 2_000)}${repeat(']', 2_000)}) }`,
  ),
  question(
    'an object inside an object, 800 times',
    tooCostly('nesting'),
    `{ a(b: ${repeat('{a:', 800)}1${repeat('}', 800)}) }`,
  ),
  question(
    'a type of lists of lists',
    tooCostly('nesting'),
    `query ($a: ${repeat('[', 1_000)}Int${repeat(']', 1_000)}) { __typename }`,
  ),
  question(
    'inline fragments inside each other',
    tooCostly('nesting'),
    repeat('{ ... ', 1_000) + '{ __typename }' + repeat('}', 1_000),
  ),
  question(
    'an introspection that goes round in circles',
    invalid,
    `{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }`,
  ),
  question(
    'an introspection that is deep without a circle',
    tooCostly('depth'),
    `{ __type(name: "Report") { ${repeat('ofType { ', 40)} name ${repeat('} ', 40)} } }`,
  ),
  // Long.
  question('ten thousand fields', tooCostly('tokens'), `{ workspace { ${repeat('username ', 10_000)} } }`),
  question('a hundred thousand signs that are no GraphQL', unparsed, repeat('*', 100_000)),
  question('nothing but commas and comments', unparsed, repeat(',#\n', 200_000)),
  question('a document of 900 KB with one long name', invalid, `{ ${repeat('a', 900_000)} }`),
  question('an unfinished string of 900 KB', unparsed, `{ report(token: "${repeat('a', 900_000)}`),
  question('a block string of a million quotes', unparsed, `{ report(token: """${repeat('\\"', 150_000)}`),
  // Wide.
  question(
    'sixty aliases of one list',
    tooCostly('rootFields'),
    `{ ${numbered(60, (i) => `a${i}: workspace { username }`)} }`,
  ),
  question(
    'sixty aliases further down',
    tooCostly('aliases'),
    `{ workspace { ${numbered(60, (i) => `a${i}: collections { totalCount }`)} } }`,
  ),
  question(
    'aliases that a fragment multiplies',
    tooCostly('aliases'),
    `{ workspace { ...A b: collections { nodes { c: reports { nodes { collection { ...B } } } ...B } } } }
     fragment A on Workspace { ${numbered(20, (i) => `a${i}: username`)} }
     fragment B on Collection { ${numbered(20, (i) => `b${i}: name`)} }`,
  ),
  question('fragments that double at each of 30 levels', tooCostly('depth'), doubling(30)),
  question(
    'fragments that grow sevenfold at each of 8 levels',
    tooCostly('fields'),
    `{ ...F0 } ${numbered(8, (i) => `fragment F${i} on Query { ${repeat(`... @include(if: true) { ...F${i + 1} } `, 6)} }`)} fragment F8 on Query { __typename }`,
  ),
  question(
    'fragments that double a thousandfold without an alias',
    tooCostly('fields'),
    `{ ...F0 } ${numbered(200, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F200 on Query { __typename }`,
  ),
  question(
    'many operations, of which none is named',
    unresolved,
    numbered(100, (i) => `query Q${i} { __typename }`),
  ),
  question(
    'a flood of directives on one field',
    tooCostly('directives'),
    `{ __typename ${repeat('@include(if: true) ', 200)} }`,
  ),
  question('a flood of unknown directives', tooCostly('directives'), `{ __typename ${repeat('@a', 1_000)} }`),
  question(
    'a flood of directives on variables',
    tooCostly('directives'),
    `query (${numbered(60, (i) => `$a${i}: Int @a`)}) { __typename }`,
  ),
  // Fragments that cannot be.
  question(
    'a fragment that spreads itself',
    invalid,
    '{ workspace { ...A } } fragment A on Workspace { username ...A }',
  ),
  question(
    'fragments that spread each other',
    invalid,
    '{ workspace { ...A } } fragment A on Workspace { ...B } fragment B on Workspace { ...C } fragment C on Workspace { ...A }',
  ),
  question(
    'a fragment that spreads itself one list further down',
    invalid,
    '{ workspace { collections { nodes { ...A } } } } fragment A on Collection { reports { nodes { collection { ...A } } } }',
  ),
  question('a fragment that is not there', invalid, '{ workspace { ...Nowhere } }'),
  question('a fragment that nobody spreads', invalid, '{ __typename } fragment A on Workspace { username }'),
  // Lists inside lists.
  question(
    'a hundred of a hundred of a hundred of a hundred',
    tooCostly('nodes'),
    '{ workspace { collections(first: 100) { nodes { reports(first: 100) { nodes { queries(first: 100) { nodes { charts(first: 100) { nodes { title } } } } } } } } } }',
  ),
  question(
    'the same with edges',
    tooCostly('nodes'),
    '{ workspace { collections(last: 100) { edges { node { reports(last: 100) { edges { node { queries(first: 100) { edges { node { name } } } } } } } } } } }',
  ),
  question(
    'the same by variables',
    tooCostly('nodes'),
    'query ($n: Int = 5) { workspace { collections(first: $n) { nodes { reports(first: $n) { nodes { queries(first: $n) { nodes { charts(first: $n) { nodes { title } } } } } } } } } }',
    { n: 100 },
  ),
  question('pages of the usual size, four deep and round again', tooCostly('nodes'), nestedLists(4, '')),
  question(
    'a few things by id with everything below them',
    tooCostly('nodes'),
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Collection { reports(first: 100) { nodes { queries(first: 100) { nodes { name } } } } } } }`,
    { ids: Array.from({ length: 100 }, (_, i) => encodeGlobalId('Collection', `acme/c${i}`)) },
  ),
  question(
    'a call for each of thousands of charts',
    tooCostly('calls'),
    '{ workspace { collections(first: 20) { nodes { reports(first: 50) { nodes { queries { nodes { charts { totalCount } } } } } } } } }',
  ),
  question(
    'the last run of a thousand reports',
    tooCostly('calls'),
    '{ workspace { collections(first: 20) { nodes { reports(first: 50) { nodes { lastRun { state } } } } } } }',
  ),
  question(
    'a hundred reports by token, and the same again under other tokens',
    tooCostly('calls'),
    'query ($a: [String!]!, $b: [String!]!) { a: reports(tokens: $a) { name } b: reports(tokens: $b) { name } }',
    { a: Array.from({ length: 100 }, (_, i) => `a${i}`), b: Array.from({ length: 100 }, (_, i) => `b${i}`) },
  ),
];

const ARGUMENTS: readonly Hostile[] = [
  question('first: 2147483647', badInput, collections('first: 2147483647')),
  question('first: 2147483648, which is no Int', invalid, collections('first: 2147483648')),
  question('first: 1e309', invalid, collections('first: 1e309')),
  question('first: 9 followed by 5,000 digits', invalid, collections(`first: ${repeat('9', 5_000)}`)),
  question('first: -1', badInput, collections('first: -1')),
  question('last: -2147483648', badInput, collections('last: -2147483648')),
  question('first and last', badInput, collections('first: 1, last: 1')),
  question(
    'first: 1.5 by variable',
    badInput,
    'query ($n: Int) { workspace { collections(first: $n) { totalCount } } }',
    { n: 1.5 },
  ),
  question('a list for a number', badInput, 'query ($n: Int) { workspace { collections(first: $n) { totalCount } } }', {
    n: [[1]],
  }),
  body(
    'a number of JSON that becomes infinite',
    badInput,
    '{"query":"query ($n: Int) { workspace { collections(first: $n) { totalCount } } }","variables":{"n":1e400}}',
  ),
  body(
    'a number of a thousand digits',
    badInput,
    `{"query":"query ($n: Int) { workspace { collections(first: $n) { totalCount } } }","variables":{"n":${repeat('9', 1_000)}}}`,
  ),
  question('a variable that is needed and missing', badInput, 'query ($id: ID!) { node(id: $id) { id } }'),
  question('a variable that is needed and null', badInput, 'query ($id: ID!) { node(id: $id) { id } }', { id: null }),
  question(
    'a variable twice',
    invalid,
    'query ($a: Int, $a: Int) { workspace { collections(first: $a) { totalCount } } }',
    { a: 1 },
  ),
  question('a variable that is not declared', invalid, collections('first: $nowhere')),
  question('an argument twice', invalid, collections('first: 1, first: 2')),
  question('no cursor at all', badCursor, collections('after: "garbage"')),
  question(
    'a cursor of 900 KB',
    badCursor,
    'query ($c: String) { workspace { collections(after: $c) { totalCount } } }',
    { c: repeat('a', 900_000) },
  ),
  question('a cursor of another list', badCursor, collections(`after: "${cursorOfReports}"`)),
  question('a cursor of another order', badCursor, collections(`before: "${cursorOfOtherOrder}"`)),
  question(
    'a cursor of JSON that is none',
    badCursor,
    collections(`after: "${Buffer.from('[2,"x",{"a":1},"b",{}]').toString('base64url')}"`),
  ),
  question(
    'a cursor that pins __proto__',
    badCursor,
    collections(`after: "${Buffer.from('[2,"x",null,"b",{"__proto__":1}]').toString('base64url')}"`),
  ),
  question('a global id that is garbage', badInput, node('garbage')),
  question('a global id of nothing', badInput, node('')),
  question('a global id of a type that has none', badInput, node(encodeGlobalId('Query', 'acme/a'))),
  question('a global id of the type __proto__', badInput, node(encodeGlobalId('__proto__', 'acme/a'))),
  question('a global id of the type constructor', badInput, node(encodeGlobalId('constructor', 'acme/a'))),
  question('a global id with a way up in it', badInput, node(encodeGlobalId('Report', 'acme/..%2F..%2Faccount'))),
  question('a global id with too many parts', badInput, node(encodeGlobalId('Report', 'acme/a/b'))),
  question('a global id with a broken escape', badInput, node(encodeGlobalId('Report', 'acme/%E0%A4%A'))),
  question('a global id with NUL in it', badInput, node(encodeGlobalId('Report', 'acme/a%00b'))),
  question('101 global ids', badInput, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: Array.from({ length: 101 }, () => 'x'),
  }),
  question('a token with a way up in it', badInput, report('../../account')),
  question('a token with an escaped slash', badInput, report('a%2fb')),
  question('a token with a question mark', badInput, report('a?b=c')),
  question('a token with a number sign', badInput, report('a#b')),
  question('a token of two dots', badInput, report('..')),
  question('an empty token', badInput, report('')),
  question('a token with NUL in it', badInput, 'query ($t: String!) { report(token: $t) { name } }', { t: 'a\u0000b' }),
  question('a token with a line break', badInput, 'query ($t: String!) { report(token: $t) { name } }', {
    t: 'a\r\nX-Evil: 1',
  }),
  body(
    'a token with half of a surrogate pair',
    badInput,
    '{"query":"query ($t: String!) { report(token: $t) { name } }","variables":{"t":"a\\ud800"}}',
  ),
  question('half of a surrogate pair in the document', unparsed, '{ report(token: "\\uD800") { name } }'),
  question('a token of 900 KB', badInput, 'query ($t: String!) { report(token: $t) { name } }', {
    t: repeat('a', 900_000),
  }),
  question(
    'an identifier of 900 KB to look for',
    badInput,
    'query ($t: String!) { workspace { queries(filter: { usesIdentifier: $t }) { totalCount } } }',
    { t: repeat('a.', 450_000) },
  ),
  question(
    'a filter that is none',
    badInput,
    'query ($f: ReportFilter) { workspace { reports(filter: $f) { totalCount } } }',
    { f: { constructor: { prototype: { admin: true } } } },
  ),
  body(
    'a filter with the field __proto__',
    badInput,
    '{"query":"query ($f: ReportFilter) { workspace { reports(filter: $f) { totalCount } } }","variables":{"f":{"__proto__":{"search":"a"}}}}',
  ),
  question(
    'a date that is none',
    badInput,
    'query ($d: DateTime) { workspace { reports(filter: { createdAt: { after: $d } }) { totalCount } } }',
    { d: '99999-13-45T99:99:99Z' },
  ),
  question(
    'alternatives inside alternatives, 300 times',
    tooCostly('nesting'),
    'query ($f: ReportFilter) { workspace { reports(filter: $f) { totalCount } } }',
    { f: JSON.parse(repeat('{"or":[', 300) + '{}' + repeat(']}', 300)) as unknown },
  ),
  question(
    'ten thousand alternatives',
    tooCostly('variables'),
    'query ($f: ReportFilter) { workspace { reports(filter: $f) { totalCount } } }',
    { f: { or: Array.from({ length: 10_000 }, () => ({ search: 'a' })) } },
  ),
  question('ten thousand ids', tooCostly('variables'), 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: Array.from({ length: 10_000 }, (_, i) => `${i}`),
  }),
  question(
    'ten thousand variables that nobody declared',
    tooCostly('variables'),
    '{ __typename }',
    Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`a${i}`, i])),
  ),
  body(
    'variables of JSON 100,000 deep',
    tooCostly('nesting'),
    `{"query":"{ __typename }","variables":{"a":${repeat('[', 100_000)}${repeat(']', 100_000)}}}`,
  ),
  body(
    'extensions of JSON 100,000 deep',
    tooCostly('nesting'),
    `{"query":"{ __typename }","extensions":{"a":${repeat('[', 100_000)}${repeat(']', 100_000)}}}`,
  ),
];

const ENDLESS_CHUNKS = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${`10000\r\n${repeat(' ', 0x10000)}\r\n`.repeat(40)}0\r\n\r\n`;

const BODIES: readonly Hostile[] = [
  body('10 MB of blanks', tooLarge, Buffer.alloc(10 * 1_048_576, ' ')),
  body('10 MB of a question', tooLarge, `{"query":"{ __typename }${repeat(' ', 10 * 1_048_576)}"}`),
  raw('2.5 MB in chunks, of which nobody told the length', tooLarge, ENDLESS_CHUNKS),
  body('gzip that becomes 100 MB', unsupported, gzipSync(Buffer.alloc(100 * 1_048_576, ' ')), {
    'content-encoding': 'gzip',
  }),
  body('gzip that is none', unsupported, '{"query":"{ __typename }"}', { 'content-encoding': 'gzip' }),
  body('brotli', unsupported, 'x', { 'content-encoding': 'br' }),
  body('two encodings', unsupported, 'x', { 'content-encoding': 'identity, deflate' }),
  body('JSON that ends too early', badRequest, '{"query":"{ __typename }"'),
  body('nothing', badRequest, ''),
  body('null', badRequest, 'null'),
  body('a number', badRequest, '42'),
  body('a string', badRequest, '"{ __typename }"'),
  body('an empty object', noQuestion, '{}'),
  body('a query that is null', noQuestion, '{"query":null}'),
  body('a query that is a number', badRequest, '{"query":42}'),
  body('a query that is an object', badRequest, '{"query":{"toString":"x"}}'),
  body('a query that is a list', badRequest, '{"query":["{ __typename }"]}'),
  body('variables that are a list', badRequest, '{"query":"{ __typename }","variables":[1]}'),
  body('variables that are text', badRequest, '{"query":"{ __typename }","variables":"{}"}'),
  body('extensions that are a list', badRequest, '{"query":"{ __typename }","extensions":[]}'),
  body('a name of an operation that is a number', unresolved, '{"query":"{ __typename }","operationName":42}'),
  body('a name of an operation that is an object', unresolved, '{"query":"{ __typename }","operationName":{}}'),
  body('an operation that is not there', unresolved, '{"query":"query A { __typename }","operationName":"__proto__"}'),
  body('an empty document', unparsed, '{"query":" "}'),
  body('a key that does not belong there', badRequest, '{"query":"{ __typename }","constructor":{"a":1}}'),
  body('the key __proto__', badRequest, '{"query":"{ __typename }","__proto__":{"query":"{ a }"}}'),
  body('a list of questions', badRequest, '[{"query":"{ __typename }"},{"query":"{ __typename }"}]'),
  body('an empty list', badRequest, '[]'),
  body(
    'a list of ten thousand questions',
    badRequest,
    JSON.stringify(Array.from({ length: 10_000 }, () => ({ query: '{ workspace { name } }' }))),
  ),
  body('JSON 400,000 deep', badRequest, repeat('[', 400_000)),
  body(
    'what is no UTF-8',
    badRequest,
    Buffer.concat([
      Buffer.from('{"query":"{ report(token: \\"'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('\\") { name } }"}'),
    ]),
  ),
  body('UTF-16', badRequest, Buffer.from('{"query":"{ __typename }"}', 'utf16le')),
  body('another charset', unsupported, '{"query":"{ __typename }"}', {
    'content-type': 'application/json; charset=utf-16',
  }),
  body('plain text', unsupported, '{"query":"{ __typename }"}', { 'content-type': 'text/plain' }),
  body('XML', unsupported, '<a/>', { 'content-type': 'application/xml' }),
  body('a type of __proto__', unsupported, '{"query":"{ __typename }"}', { 'content-type': '__proto__' }),
  body(
    'a multipart form',
    unsupported,
    '--a\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--a--\r\n',
    {
      'content-type': 'multipart/form-data; boundary=a',
    },
  ),
  body('a form without a question', unsupported, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
  body('a form with variables that are no JSON', unsupported, 'query={__typename}&variables={', {
    'content-type': 'application/x-www-form-urlencoded',
  }),
];

const HTTP: readonly Hostile[] = [
  address('no question in the address', noQuestion, ''),
  address('variables in the address that are no JSON', badRequest, 'query={__typename}&variables={'),
  address('extensions in the address that are no JSON', badRequest, 'query={__typename}&extensions=nope'),
  address('variables in the address that are a list', badRequest, 'query={__typename}&variables=[]'),
  address('broken escapes in the address', unparsed, 'query=%E0%A4%A'),
  address(
    'a mutation by GET',
    { ...unresolved, code: 'BAD_REQUEST', status: [405] },
    `query=${encodeURIComponent('mutation { a }')}`,
  ),
  question('a mutation', invalid, 'mutation { deleteEverything }'),
  question('a subscription', invalid, 'subscription { everything }'),
  address(
    'a subscription by GET',
    { status: [405], code: 'BAD_REQUEST' },
    `query=${encodeURIComponent('subscription { a }')}`,
  ),
  ...['PUT', 'DELETE', 'PATCH', 'PROPFIND'].map((method) =>
    address(`the method ${method}`, { status: [405], code: 'BAD_REQUEST' }, 'query={__typename}', method),
  ),
  raw('a method that is none', badRequest, 'NOPE /graphql HTTP/1.1\r\nhost: localhost\r\n\r\n'),
  raw('what is no HTTP', badRequest, '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n'),
  raw('a host that is none', badRequest, 'GET /graphql?query={__typename} HTTP/1.1\r\nhost: not a host\r\n\r\n'),
  raw('a header without a colon', badRequest, 'POST /graphql HTTP/1.1\r\nhost: localhost\r\nnonsense\r\n\r\n'),
  raw('a header with NUL in it', badRequest, 'POST /graphql HTTP/1.1\r\nhost: localhost\r\nx: a\u0000b\r\n\r\n'),
  raw(
    'headers of 100 KB',
    { status: [431], code: 'BAD_REQUEST' },
    `GET /graphql?query={__typename} HTTP/1.1\r\nhost: localhost\r\nx: ${repeat('a', 100_000)}\r\n\r\n`,
  ),
  raw(
    'an address of 100 KB',
    { status: [431], code: 'BAD_REQUEST' },
    `GET /graphql?query=${repeat('a', 100_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  ),
  raw(
    'two lengths',
    badRequest,
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello',
  ),
  raw(
    'a length and chunks',
    badRequest,
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ),
  raw('a negative length', badRequest, 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: -5\r\n\r\nhello'),
  raw(
    'a chunk of a size that is none',
    badRequest,
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  ),
  raw('headers that never end', tooSlow, 'POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-'),
  raw(
    'a body that never comes',
    tooSlow,
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n',
  ),
  raw(
    'a body that stops half way',
    tooSlow,
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n{"query":',
  ),
  raw(
    'chunks that stop half way',
    tooSlow,
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{"query":\r\n',
  ),
];

export const HOSTILE: readonly Hostile[] = [...DOCUMENTS, ...ARGUMENTS, ...BODIES, ...HTTP];
