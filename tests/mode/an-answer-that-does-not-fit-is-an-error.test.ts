import { UpstreamInvalidResponseError } from '../../src/mode/errors/upstream-invalid-response-error.ts';
import { failure, openHouse, type House } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.mode.close());
beforeEach(() => {
  house.mode.faults.clear();
  house.mode.ledger.clear();
});

/** Makes Mode send this list of members. */
function send(payload: unknown): void {
  house.mode.faults.inject({ match: 'memberships', kind: 'mutate', mutate: () => payload });
}

async function listMembers(): Promise<unknown> {
  return failure(house.rest.listMembers(house.context));
}

it.each<[string, unknown, string]>([
  ['a name that is a number', { username: 'ann', name: 7 }, 'name'],
  ['a flag that is a word', { username: 'ann', admin: 'yes' }, 'admin'],
  ['a username that is a number', { username: 7 }, 'username'],
  ['a token that would climb', { username: 'ann', member_token: '../x' }, 'member_token'],
])('a row with %s', async (_, row, field) => {
  send({ _embedded: { memberships: [{ username: 'bob' }, row] } });
  const error = await listMembers();
  const path = `_embedded.memberships.1.${field}`;
  expect(error).toBeInstanceOf(UpstreamInvalidResponseError);
  expect(error).toMatchObject({
    message: `Mode's answer for /memberships/lite has an unexpected "${path}".`,
    details: { api: 'REST', endpoint: '/memberships/lite', field: path, retryable: false },
  });
  expect(house.mode.ledger.entries).toHaveLength(1);
});

it.each<[string, unknown]>([
  ['null', null],
  ['a list', []],
  ['text', 'sign in'],
  ['a number', 7],
])('%s in place of an object', async (_, payload) => {
  send(payload);
  expect(await listMembers()).toMatchObject({
    code: 'UPSTREAM_INVALID_RESPONSE',
    message: "Mode's answer for /memberships/lite is not an object.",
  });
});

it.each<[string, unknown]>([
  ['an error’s body', { id: 'maintenance', message: 'Back soon.' }],
  ['nothing', {}],
  ['null', { _embedded: null }],
])('%s does not pass for an empty list', async (_, payload) => {
  send(payload);
  expect(await listMembers()).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', details: { field: '_embedded' } });
});

it.each<[string, unknown]>([
  ['an empty list', { _embedded: { memberships: [] } }],
  ['no list', { _embedded: {} }],
  ['null', { _embedded: { memberships: null } }],
  ['a list that embeds nothing', { _links: { self: { href: '/api/acme/memberships/lite' } } }],
])('%s is an empty list', async (_, payload) => {
  send(payload);
  expect(await house.rest.listMembers(house.context)).toEqual([]);
});

it.each(['yesterday', '5', '2024-13-01', '2024-01-02T25:00:00Z', 'Tue, 02 Jan 2024 03:04:05 GMT'])(
  '%j is no time',
  async (text) => {
    const [row] = house.mode.world.reports;
    if (row === undefined) throw new Error('the world has no report');
    const { createdAt } = row;
    row.createdAt = text;
    const error = await failure(house.rest.readReport(row.token, { keepLayout: false }, house.context));
    row.createdAt = createdAt;
    expect(error).toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
      details: { endpoint: '/reports/{report}', field: 'created_at' },
    });
  },
);

it('the error holds no piece of the answer', async () => {
  send({ _embedded: { memberships: [{ username: 'ann', name: ['hush'] }] } });
  const error = await listMembers();
  expect(JSON.stringify([error, String(error)])).not.toContain('hush');
});

it('somebody who was invited and has no username yet does not cost the others', async () => {
  send({
    _embedded: { memberships: [{ username: 'ann' }, { email: 'bob@acme.test', state: 'invited' }, { username: '' }] },
  });
  const members = await house.rest.listMembers(house.context);
  expect(members.map((member) => member.username)).toEqual(['ann']);
});
