import type { Simulator } from '../../src/simulator/index.ts';
import { bill, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { some } from '../support/world-order.ts';

/** The same payload, its reports without a word on where they are. */
function placeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(placeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => field !== 'space_token' && field !== '_links')
      .map(([field, inner]) => [field, placeless(inner)]),
  );
}

describe('a listed report that does not say where it is', () => {
  let mode: Simulator;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  afterAll(() => mode.close());

  it('is in the collection it was listed in', async () => {
    const { token, name } = some(
      mode.world.collections,
      (row) => (mode.world.reportsByCollection.get(row.token)?.length ?? 0) > 1,
    );
    const fault = mode.faults.inject({ match: `/spaces/${token}/reports`, kind: 'mutate', mutate: placeless });
    const gateway = gatewayOver(envFor(mode));

    const { answer } = await bill(
      mode,
      gateway,
      `{ collection(token: "${token}") { reports(first: 100) { nodes { token collection { token name } } } } }`,
    );

    expect(fault.hits).toBeGreaterThan(0);
    expect(answer.errors).toBeUndefined();
    const rows = mode.world.reportsByCollection.get(token) ?? [];
    expect(answer.data).toEqual({
      collection: {
        reports: {
          nodes: expect.arrayContaining(
            rows.map((row) => ({ token: row.token, collection: { token, name } })),
          ) as unknown,
        },
      },
    });
    await gateway.dispose();
  });
});
