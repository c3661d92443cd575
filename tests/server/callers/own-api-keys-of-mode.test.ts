import type { Gateway } from '../../../src/gateway.ts';
import type { CredentialName, Simulator } from '../../../src/simulator/index.ts';
import { envFor, envWithDiscovery, gatewayOver, post, startSmallMode, type Answer } from '../../support/gateway.ts';
import { ShiftedClock } from '../../support/shifted-clock.ts';
import { at } from '../../support/tree.ts';

const QUESTION = '{ workspace { name } }';

let mode: Simulator;
let clock: ShiftedClock;
let gateway: Gateway;

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly answer: Answer;
}

function basic(token: string, secret: string): string {
  return `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`;
}

async function askWith(authorization: string | undefined, query = QUESTION): Promise<Told> {
  const request = post(query);
  const headers = new Headers(request.headers);
  if (authorization !== undefined) headers.set('authorization', authorization);
  const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers });
  return { status: response.status, headers: response.headers, answer: (await response.json()) as Answer };
}

function askAs(who: CredentialName, query = QUESTION): Promise<Told> {
  const { token, secret } = mode.credentials[who];
  return askWith(basic(token, secret), query);
}

function code({ answer }: Told): unknown {
  return answer.errors?.[0]?.extensions?.code;
}

function checks(): number {
  return mode.ledger.entries.filter(({ path }) => path === '/api/verify').length;
}

beforeEach(async () => {
  mode = await startSmallMode();
  clock = new ShiftedClock();
  gateway = gatewayOver({ ...envFor(mode), GATEWAY_AUTH: 'pass-through' }, { clock });
});

afterEach(async () => {
  await gateway.dispose();
  await mode.close();
});

it('the caller’s own key is used for their questions', async () => {
  expect((await askAs('member')).answer.data).toEqual({ workspace: { name: mode.world.workspace.name } });
  expect(new Set(mode.ledger.entries.map(({ credential }) => credential))).toEqual(new Set(['member']));
  mode.ledger.clear();
  await askAs('colleague');
  expect(new Set(mode.ledger.entries.map(({ credential }) => credential))).toEqual(new Set(['colleague']));
});

it.each([
  ['no header', undefined],
  ['a Bearer', 'Bearer 0123456789abcdef'],
  ['no base64', 'Basic ***'],
  ['no colon', `Basic ${Buffer.from('tokenonly').toString('base64')}`],
  ['no token', basic('', 'secret')],
  ['no secret', basic('token', '')],
  ['more than a key can be', basic('token', 'x'.repeat(2_000))],
])('%s is refused without a call', async (_, authorization) => {
  const told = await askWith(authorization);
  expect([told.status, code(told)]).toEqual([401, 'UNAUTHENTICATED']);
  // A browser that is asked for "Basic" keeps the key and sends it along with what other pages have it ask.
  expect(told.headers.get('www-authenticate')).toMatch(/^x-basic /);
  expect(mode.ledger.entries).toEqual([]);
});

it('a good key is checked once a minute, however many ask with it', async () => {
  await Promise.all(Array.from({ length: 20 }, () => askAs('member')));
  expect(checks()).toBe(1);
  clock.skip(59_000);
  await askAs('member');
  expect(checks()).toBe(1);
  clock.skip(2_000);
  await askAs('member');
  expect(checks()).toBe(2);
});

it('a wrong key is asked about once a minute, however often it is tried', async () => {
  const wrong = basic(mode.credentials.member.token, 'not-the-secret');
  for (let round = 0; round < 3; round++) {
    const told = await Promise.all(Array.from({ length: 10 }, () => askWith(wrong)));
    for (const each of told) expect([each.status, code(each)]).toEqual([401, 'UNAUTHENTICATED']);
  }
  expect(checks()).toBe(1);
  clock.skip(60_001);
  await askWith(wrong);
  expect(checks()).toBe(2);
});

it('who tries many keys makes the gateway call no oftener than one key may', async () => {
  await gateway.dispose();
  gateway = gatewayOver({ ...envFor(mode), GATEWAY_AUTH: 'pass-through', MODE_RATE_LIMIT: '5/3600s' }, { clock });
  const tried = Array.from({ length: 30 }, (_, place) => askWith(basic(`token-${place}`, 'secret')));
  const told = await Promise.all(tried);
  expect(checks()).toBe(5);
  expect(told.map(({ status }) => status).sort()).toEqual([
    ...Array<number>(5).fill(401),
    ...Array<number>(25).fill(503),
  ]);
  for (const each of told.filter(({ status }) => status === 503)) {
    expect(code(each)).toBe('UPSTREAM_BUDGET_EXHAUSTED');
    expect(Number(each.headers.get('retry-after'))).toBeGreaterThan(1_000);
  }
});

it('a key that was taken back is served for a minute at most', async () => {
  await askAs('member');
  const { token, secret } = mode.credentials.member;
  mode.credentials.member.secret = 'another';
  clock.skip(60_001);
  const told = await askWith(basic(token, secret), '{ catalog { state } }');
  expect([told.status, code(told)]).toEqual([401, 'UNAUTHENTICATED']);
});

it('a key of another workspace is refused', async () => {
  mode.faults.inject({
    match: '/api/verify',
    kind: 'mutate',
    mutate: (payload) => ({ ...(payload as object), workspace: 'elsewhere', _links: {} }),
  });
  const told = await askAs('member');
  expect([told.status, code(told)]).toEqual([403, 'FORBIDDEN']);
});

it('while Mode is dark nobody’s key can be checked, which is said', async () => {
  await mode.close();
  const told = await askAs('member');
  expect([told.status, code(told)]).toEqual([503, 'UPSTREAM_UNAVAILABLE']);
  expect(told.headers.get('retry-after')).toBe('5');
});

it('each key has a budget of its own', async () => {
  await gateway.dispose();
  gateway = gatewayOver(
    { ...envFor(mode), GATEWAY_AUTH: 'pass-through', MODE_RATE_LIMIT: '10/3600s', OPERATION_TIMEOUT: '5s' },
    { clock },
  );
  const tokens = mode.world.reports.filter(({ token }) => mode.world.canSee('member', token)).slice(0, 9);
  const reports = `{ ${tokens.map(({ token }, place) => `r${place}: report(token: "${token}") { archived }`).join(' ')} }`;
  expect((await askAs('member', reports)).answer.errors).toBeUndefined();
  const spent = await askAs('member', '{ workspace { name } }');
  expect(code(spent)).toBe('UPSTREAM_BUDGET_EXHAUSTED');
  expect((await askAs('colleague', '{ workspace { name } }')).answer.errors).toBeUndefined();
  const state = await askAs('colleague', '{ rateLimit { limit remaining } }');
  expect(state.answer.data).toEqual({ rateLimit: { limit: 10, remaining: 8 } });
});

it('a refused key has no scan of Discovery made', async () => {
  await gateway.dispose();
  gateway = gatewayOver({ ...envWithDiscovery(mode), GATEWAY_AUTH: 'pass-through' }, { clock });
  await askAs('member');
  const { token, secret } = mode.credentials.member;
  mode.credentials.member.secret = 'another';
  mode.ledger.clear();
  // Within the minute in which it is still believed.
  const told = await askWith(basic(token, secret), '{ workspace { reports { totalCount } } }');
  expect(told.answer.data).toEqual({ workspace: { reports: null } });
  expect(mode.ledger.entries.filter(({ api }) => api === 'DISCOVERY')).toEqual([]);
});

it('what Discovery lists is read once for all keys, and each sees their part of it', async () => {
  await gateway.dispose();
  gateway = gatewayOver({ ...envWithDiscovery(mode), GATEWAY_AUTH: 'pass-through' }, { clock });
  const count = '{ workspace { reports { totalCount } } }';
  const told = await Promise.all([askAs('admin', count), askAs('member', count), askAs('colleague', count)]);
  expect(told.map(({ answer }) => at(answer.data, 'workspace.reports.totalCount'))).toEqual(
    (['admin', 'member', 'colleague'] as const).map(
      (who) => mode.world.reports.filter(({ token }) => mode.world.canSee(who, token)).length,
    ),
  );
  const scans = mode.ledger.entries.filter(({ api }) => api === 'DISCOVERY').map(({ path }) => path);
  expect(scans).toHaveLength(1);
});

it('is ready when Mode answers, without a key of its own', async () => {
  expect(await gateway.readiness.check()).toEqual({ ready: true });
  await mode.close();
  clock.skip(60_001);
  expect(await gateway.readiness.check()).toMatchObject({ ready: false, code: 'UPSTREAM_UNAVAILABLE' });
});
