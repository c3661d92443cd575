import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, startSmallMode, type Env } from '../support/gateway.ts';
import { checkSection } from './check-section.ts';
import { start, type Started } from './said.ts';

const NAME = '{ workspace { name } }';
const JSON_BODY = { 'content-type': 'application/json' };

let mode: Simulator;
/** Without keys, with keys, and where callers bring those of Mode. */
let open: Started;
let locked: Started;
let passing: Started;

beforeAll(async () => {
  mode = await startSmallMode();
  const env: Env = envFor(mode);
  [open, locked, passing] = await Promise.all([
    start({ ...env, MAX_UPSTREAM_CALLS: '20' }),
    start({ ...env, GATEWAY_API_KEYS: 'web:a-marked-gateway-key' }),
    start({ ...env, GATEWAY_AUTH: 'pass-through', MODE_API_TOKEN: '', MODE_API_SECRET: '' }),
  ]);
});

afterAll(async () => {
  await Promise.all([open, locked, passing].map((gateway) => gateway.stop()));
  await mode.close();
});

checkSection('It does not answer a question', {
  'misspelt a field': () => open.ask('{ workspace { nmae } }'),

  'looked for a list at the root': () => open.ask('{ collections(first: 10) { name } }'),

  'asked a list for the fields of its rows': () => open.ask('{ workspace { reports(first: 10) { name } } }'),

  'wrote `... on Query` for a SQL query': () =>
    open.ask('{ workspace { queries(first: 10) { nodes { ... on Query { name sql } } } } }'),

  'asked for 1,000 rows': () => open.ask('{ workspace { collections(first: 1000) { nodes { name } } } }'),

  'did not say how many rows': async () => {
    const answer = await open.ask('{ workspace { reports { pageInfo { hasNextPage } nodes { token } } } }');
    expect(answer.match(/"token":/g)).toHaveLength(20);
    return answer;
  },

  'took the cursor of another list or order': async () => {
    const page = await open.ask('{ workspace { reports(first: 1) { pageInfo { endCursor } } } }');
    const [, cursor = ''] = /"endCursor":"([^"]+)"/.exec(page) ?? [];
    expect(cursor).not.toBe('');
    return open.ask(`{ workspace { collections(first: 1, after: "${cursor}") { nodes { name } } } }`);
  },

  'gave `report` an `id`': () => open.ask('{ report(id: "1") { name } }'),

  'gave an address for a token': () =>
    open.ask('{ report(token: "https://app.mode.com/acme/reports/5f1c0a9be3d2") { name } }'),

  'gave a token for an id': () => open.ask('{ node(id: "5f1c0a9be3d2") { id } }'),

  'asked for a report that the key may not see': () => open.ask('{ report(token: "5f1c0a9be3d2") { name } }'),

  'asked for everything at once, without Discovery': () =>
    open.ask(
      '{ workspace { collections { nodes { reports { nodes { queries { nodes { charts { nodes { title } } } } } } } } } }',
    ),

  'asked for reports of the whole workspace, without Discovery': async () => {
    const large = await startSmallMode({ size: { collections: 60 } });
    const slow = await start({ ...envFor(large), MODE_RATE_LIMIT: '40/10s', OPERATION_TIMEOUT: '5s' });
    try {
      return await slow.ask('{ workspace { reports(first: 3) { nodes { name } } } }');
    } finally {
      await slow.stop();
      await large.close();
    }
  },

  'sent no key to a gateway that has keys': () => locked.ask(NAME),

  'sent a key that it does not know': () => locked.ask(NAME, { 'x-api-key': 'web:a-marked-gateway-key' }),

  'sent an API key of Mode to a gateway that has keys of its own': () =>
    locked.ask(NAME, { authorization: `Basic ${Buffer.from('a-token:a-secret').toString('base64')}` }),

  'sent no key of Mode to a gateway with `GATEWAY_AUTH=pass-through`': () => passing.ask(NAME),

  'sent GraphQL where JSON belongs': () => open.send('POST', '/graphql', JSON_BODY, NAME),

  'forgot the type with `curl -d`': () =>
    open.send(
      'POST',
      '/graphql',
      { 'content-type': 'application/x-www-form-urlencoded' },
      JSON.stringify({ query: NAME }),
    ),

  'opened the address with a program that is no browser': () => open.get('/graphql', { accept: '*/*' }),

  'sent a question to another address': async () => {
    const body = JSON.stringify({ query: NAME });
    const answers = await Promise.all(
      ['/', '/api', '/graphiql'].map((path) => open.send('POST', path, JSON_BODY, body)),
    );
    expect(new Set(answers).size).toBe(1);
    return answers[0] ?? '';
  },

  'sent a mutation': () => open.ask('mutation { deleteReport(token: "5f1c0a9be3d2") { name } }'),

  'asked from a web page of another origin': () =>
    open.send('OPTIONS', '/graphql', { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' }),

  'reached it under a name that it does not know': () => open.ask(NAME, { host: 'gateway.internal' }),
});
