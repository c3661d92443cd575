import { isObjectType, getNamedType, isInterfaceType } from 'graphql';
import type { Gateway } from '../../src/gateway.ts';
import { FIELD_LOADS } from '../../src/schema/cost/field-loads.ts';
import { schema } from '../../src/schema/schema.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { canonicalQuestions } from '../support/canonical-questions.ts';
import {
  ask,
  askFresh,
  bill,
  codes,
  envFor,
  envWithDiscovery,
  gatewayOver,
  startSmallMode,
  type Answer,
  type Env,
} from '../support/gateway.ts';
import { some } from '../support/world-order.ts';

/** Above what an estimate comes to, no question is refused; at 1 nearly all are, and say what they would have cost. */
function estimateOf(answer: Answer): unknown {
  return answer.errors?.[0]?.extensions?.estimatedCalls;
}

describe('what a question will cost', () => {
  let mode: Simulator;
  let small: Simulator;

  beforeAll(async () => {
    const behaviour = { rateLimit: null, latencyMs: 0, discoveryLatencyMs: 0, weight: 'light' } as const;
    mode = await startSimulator({ behaviour });
    small = await startSmallMode({ size: { collections: 12, reports: 120 } });
  });

  afterAll(async () => {
    await mode.close();
    await small.close();
  });

  async function estimate(env: Env, query: string, cacheControl = 'max-age=100000'): Promise<unknown> {
    const gateway = gatewayOver({ ...env, MAX_UPSTREAM_CALLS: '1' });
    const answer = await askFresh(gateway, cacheControl, query);
    await gateway.dispose();
    return estimateOf(answer);
  }

  it.each(['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7'])(
    'is known to the call for %s of an empty catalog',
    async (name) => {
      const { query = '' } = canonicalQuestions(mode.world).find((each) => each.name === name) ?? {};
      const env = envWithDiscovery(mode);
      const gateway = gatewayOver(env);
      const { answer, calls } = await bill(mode, gateway, query);
      expect(answer.errors).toBeUndefined();
      mode.ledger.clear();
      expect(await estimate(env, query)).toBe(calls.length);
      expect(mode.ledger.entries).toEqual([]);
      await gateway.dispose();
    },
  );

  it('is nothing once the catalog is warm', async () => {
    const gateway = gatewayOver({ ...envWithDiscovery(mode), MAX_UPSTREAM_CALLS: '1' });
    await gateway.catalog.warm();
    for (const { query } of canonicalQuestions(mode.world)) {
      const { answer, calls } = await bill(mode, gateway, query);
      expect(answer.errors).toBeUndefined();
      expect(calls).toEqual([]);
    }
    await gateway.dispose();
  });

  describe('without Discovery', () => {
    const rest = (): Env => ({ ...envFor(small), MAX_UPSTREAM_CALLS: '160' });

    it('is told and refused for twenty collections with all that is in them, at no call', async () => {
      const [q1] = canonicalQuestions(small.world);
      const gateway = gatewayOver(rest());
      const { answer, calls } = await bill(small, gateway, q1?.query ?? '');
      expect(codes(answer)).toEqual(['OPERATION_TOO_COSTLY']);
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        bound: 'calls',
        limit: 160,
        estimatedCalls: 2_445,
        steps: [
          { what: 'charts', how: 'read', source: 'REST', calls: 1_800 },
          { what: 'queries', how: 'read', source: 'REST', calls: 600 },
          { what: 'reports', how: 'walk', source: 'REST', calls: 40 },
          { what: 'collections', how: 'walk', source: 'REST', calls: 4 },
          { what: 'workspace', how: 'read', source: 'REST', calls: 1 },
        ],
      });
      expect(answer.errors?.[0]?.message).toMatch(/2445 calls.*160.*1800.*charts.*smaller pages/);
      expect(calls).toEqual([]);
      await gateway.dispose();
    });

    it.each([
      '{ workspace { collections(first: 5) { nodes { reports(first: 5) { nodes { queries { nodes { name } } } } } } } }',
      '{ workspace { collections(first: 100) { nodes { name reports { totalCount } } } } }',
      '{ workspace { reports(first: 100) { nodes { name collection { name } creator { name } } } } }',
      '{ workspace { reports(first: 20) { nodes { queries { nodes { report { name } dataSource { name } } } } } } }',
      '{ workspace { collections(first: 30) { nodes { a: reports(first: 1) { totalCount } b: reports(filter: { archived: true }) { totalCount } c: reports(filter: { scheduled: true }) { totalCount } } } } }',
    ])('refuses nothing that a small workspace can answer: %s', async (query) => {
      const gateway = gatewayOver(rest());
      const { answer, calls } = await bill(small, gateway, query);
      expect(answer.errors).toBeUndefined();
      expect(calls.length).toBeLessThanOrEqual(160);
      await gateway.dispose();
    });

    it('is one call for each thing that aliases name', async () => {
      const { token } = some(small.world.reports);
      const each = (index: number): string => `a${index}: report(token: "${token}${index}") { name }`;
      const query = `{ ${Array.from({ length: 25 }, (_, index) => each(index)).join(' ')} }`;
      expect(await estimate(envFor(small), query)).toBe(25);
    });
  });

  it('is what REST takes for who wants it live', async () => {
    const query =
      '{ workspace { collections(first: 20) { nodes { reports(first: 50) { nodes { queries { totalCount } } } } } } }';
    const env = envWithDiscovery(mode);
    const gateway = gatewayOver({ ...env, MAX_UPSTREAM_CALLS: '160' });
    expect((await ask(gateway, query)).errors).toBeUndefined();
    mode.ledger.clear();
    const live = await askFresh(gateway, 'no-cache', query);
    expect(codes(live)).toEqual(['OPERATION_TOO_COSTLY']);
    expect(mode.ledger.entries).toEqual([]);
    await gateway.dispose();
    // By now the catalog knows how many reports each of the collections has, and which of them would be shown.
    const patient = gatewayOver(env);
    await ask(patient, query);
    mode.ledger.clear();
    expect((await askFresh(patient, 'no-cache', query)).errors).toBeUndefined();
    expect(estimateOf(live)).toBe(mode.ledger.entries.length);
    await patient.dispose();
  });

  it('is never exceeded: what takes more calls than was foreseen ends there, and what was found is answered', async () => {
    const large = await startSmallMode({ size: { collections: 1, reports: 300 } });
    const { token, name } = some(large.world.collections, (row) => row.type !== 'private');
    const query = `{ collection(token: "${token}") { name reports { totalCount } queries { totalCount } } }`;
    for (const limit of [125, 130]) {
      const gateway = gatewayOver({ ...envFor(large), MAX_UPSTREAM_CALLS: String(limit) });
      const { answer, calls } = await bill(large, gateway, query);
      // One for the collection, eleven for its reports, and one for each of them: three hundred.
      expect(answer.data).toEqual({ collection: { name, reports: { totalCount: 300 }, queries: null } });
      expect(codes(answer)).toEqual(['OPERATION_TOO_COSTLY']);
      expect(answer.errors?.[0]).toMatchObject({
        path: ['collection', 'queries'],
        extensions: { bound: 'calls', limit },
      });
      expect(calls.length).toBeLessThanOrEqual(limit);
      await gateway.dispose();
    }
    await large.close();
  });

  it('a list that is longer than a question may read is left to others', async () => {
    const warnings: string[] = [];
    const gateway = gatewayOver(
      { ...envWithDiscovery(mode), MAX_UPSTREAM_CALLS: '6' },
      { warn: (message) => warnings.push(message) },
    );
    // Thirteen pages of queries are foreseen: refused. Five of reports are not, were they twice as many.
    expect(codes(await ask(gateway, '{ workspace { queries { totalCount } } }'))).toEqual(['OPERATION_TOO_COSTLY']);
    expect((await ask(gateway, '{ workspace { reports { totalCount } } }')).errors).toBeUndefined();
    expect(warnings).toEqual([]);
    await gateway.dispose();
  });

  it('a question that joins a reading is not ended by the ceiling of another', async () => {
    const gateway: Gateway = gatewayOver({ ...envFor(small), MAX_UPSTREAM_CALLS: '3' });
    const { token } = some(small.world.reports);
    const [first, second] = await Promise.all([
      ask(gateway, `{ a: report(token: "${token}") { name } workspace { reports { totalCount } } }`),
      ask(gateway, `{ report(token: "${token}") { name } }`),
    ]);
    expect(codes(first)).toEqual(['OPERATION_TOO_COSTLY']);
    expect(second.errors).toBeUndefined();
    await gateway.dispose();
  });
});

it('every field that leads from one thing to others is weighed', () => {
  const known = new Set(['Query.node', 'Query.nodes', 'Query.workspace', 'Query.catalog', 'Query.rateLimit']);
  const packing = /(Connection|Edge)$/;
  const missing = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__') && !packing.test(name))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const leads = getNamedType(field.type);
        const isLeading =
          isInterfaceType(leads) ||
          (isObjectType(leads) &&
            (leads.getInterfaces().length > 0 || packing.test(leads.name) || leads.name === 'ReportStats'));
        return isLeading && !FIELD_LOADS[`${type.name}.${field.name}`] ? [`${type.name}.${field.name}`] : [];
      }),
    );
  expect(missing.filter((name) => !known.has(name))).toEqual([]);
  const fields = Object.keys(FIELD_LOADS).map((name) => name.split('.'));
  for (const [type = '', field = ''] of fields) {
    const object = schema.getType(type);
    expect(isObjectType(object) && field in object.getFields()).toBe(true);
  }
});
