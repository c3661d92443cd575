import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, envWithDiscovery, startSmallMode, type Env } from '../support/gateway.ts';
import { checkSection } from './check-section.ts';
import { MODE_GRAPHQL } from '../support/mode-graphql.ts';
import { doctorSays, gatewaySays, type Started } from './said.ts';

let mode: Simulator;

beforeAll(async () => {
  mode = await startSmallMode();
});

beforeEach(() => {
  mode.faults.clear();
  mode.behaviour.discoveryPlan = true;
  mode.discovery.expiresAt = Date.now() + 86_400_000;
});

afterAll(() => mode.close());

const rest = (): Env => ({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s' });
const warming = (): Env => ({ ...rest(), ...envWithDiscovery(mode), CATALOG_WARM: 'on' });

const ready = ({ get }: Started): Promise<string> => get('/ready');
/** A question that Discovery would be asked for. */
const broad = async ({ ask }: Started): Promise<string> => {
  const answer = await ask('{ workspace { reports(first: 2) { nodes { name lastViewedAt } } } }');
  expect(answer).toContain('"nodes":[{"name":');
  return answer;
};
const LISTS_TOLD = /"msg":"The list of members could not be read/;

async function both(gateway: Promise<string>, doctor: Promise<string>): Promise<string> {
  return (await Promise.all([gateway, doctor])).join('\n');
}

/** The machine's clock, so much off, in a process of its own. */
const off = (ms: number): readonly string[] => {
  const shift = `Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + ${ms} })`;
  return ['--import', `data:text/javascript,${encodeURIComponent(shift)}`, MODE_GRAPHQL];
};
/** A little more, so that what the call takes does not make it less. */
const TWO_HOURS = 7_260_000;

checkSection('Mode does not let it in', {
  'set a wrong token or password': () => {
    const env = { ...rest(), MODE_API_SECRET: 'a-marked-secret' };
    return both(gatewaySays(env, ready), doctorSays(env));
  },

  'named another workspace than the key’s': () => {
    const env = { ...rest(), MODE_WORKSPACE: 'globex' };
    return both(gatewaySays(env, ready), doctorSays(env));
  },

  'set `MODE_DISCOVERY=mint` with a member’s key': () => {
    const env = { ...warming(), ...envFor(mode, 'member'), MODE_DISCOVERY: 'mint' };
    return both(gatewaySays(env, broad, { until: LISTS_TOLD }), doctorSays(env));
  },

  'use Discovery on a plan without it': () => {
    mode.behaviour.discoveryPlan = false;
    return both(gatewaySays(warming(), broad, { until: LISTS_TOLD }), doctorSays(warming()));
  },

  'use a signature token that has ended': () => {
    mode.discovery.expiresAt = Date.now() - 1_000;
    return both(gatewaySays(warming(), broad, { until: LISTS_TOLD }), doctorSays(warming()));
  },

  'run it on a machine whose clock is behind': () => {
    const script = off(-TWO_HOURS);
    const env = { ...warming(), MODE_DISCOVERY: 'mint' };
    return both(gatewaySays(env, ready, { until: LISTS_TOLD, script }), doctorSays(env, script));
  },

  'run it on a machine whose clock is ahead': () => doctorSays(rest(), off(TWO_HOURS)),
});
