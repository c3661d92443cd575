/** Without Discovery, a workspace's reports are found collection by collection. Of many, no time is long enough. */
import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import {
  ask,
  envFor,
  envWithDiscovery,
  gatewayOver,
  post,
  startSmallMode,
  type Answer,
  type Env,
} from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const LIST = '{ workspace { reports(first: 3) { nodes { name } } } }';

let clock: SteppingClock;
let mode: Simulator;
let gateway: Gateway;

afterEach(async () => {
  await gateway.dispose();
  await mode.close();
});

async function askOver(collections: number, env: Env = {}): Promise<Answer> {
  clock = new SteppingClock();
  mode = await startSmallMode({ clock, size: { collections, reports: collections }, behaviour: { latencyMs: 100 } });
  const limits = { MODE_RATE_LIMIT: '40/10s', MAX_UPSTREAM_CALLS: '1000', OPERATION_TIMEOUT: '30s' };
  gateway = gatewayOver({ ...envFor(mode), ...limits, ...env }, { clock });
  return clock.drive(ask(gateway, LIST), mode, gateway);
}

it('is refused for good, before it is begun, with what else can be asked', async () => {
  const { errors = [] } = await askOver(140);
  // The list of collections, 30 a page, is how it is known.
  expect(mode.ledger.entries.map(({ path }) => path.split('?')[0])).toEqual(Array(5).fill('/api/acme/spaces'));
  expect(errors).toHaveLength(1);
  expect(errors[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_COSTLY', bound: 'calls', limit: 120, found: 145 });
  expect(errors[0]?.extensions?.retryable).not.toBe(true);
  expect(errors[0]?.message).toContain('walking all 140 collections');
  expect(errors[0]?.message).toContain('To wait does not help');
});

it('is done where there is time for it: refused is only what can never be', async () => {
  const { errors, data } = await askOver(100, { OPERATION_TIMEOUT: '60s' });
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data)).toContain('"name"');
});

it('is refused to who gives it no time at all, though the collections are known', async () => {
  mode = await startSmallMode();
  gateway = gatewayOver(envWithDiscovery(mode));
  await gateway.catalog.warm();
  mode.ledger.clear();
  const request = post('{ workspace { reports(first: 3, filter: { archived: true }) { totalCount } } }');
  const headers = { ...Object.fromEntries(new Headers(request.headers)), prefer: 'wait=0' };
  const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers });
  const { errors = [] } = (await response.json()) as Answer;
  expect(errors[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_COSTLY', limit: 0 });
  expect(mode.ledger.entries).toEqual([]);
});

it('counts the time that its caller has given it', async () => {
  const { errors = [] } = await askOver(60, { OPERATION_TIMEOUT: '5s' });
  expect(errors[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_COSTLY', limit: 40, found: 62 });
});
