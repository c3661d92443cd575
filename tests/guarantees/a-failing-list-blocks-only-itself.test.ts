import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { bill, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';

const BANNED = '{ workspace { members(first: 100) { nodes { bannedAt } } } }';

describe('a Discovery list that fails', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeEach(async () => {
    mode = await startSmallMode({ behaviour: { discoveryPageSize: 10 } });
    gateway = gatewayOver(envWithDiscovery(mode));
    mode.faults.inject({ match: '/batch/acme/members', kind: 'status500' });
  });

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const counts = () => ({
    rest: mode.ledger.calls({ api: 'REST' }).length,
    discovery: mode.ledger.calls({ api: 'DISCOVERY' }).length,
  });

  it('is answered with a note, and sends no other question to REST', async () => {
    const failed = await bill(mode, gateway, BANNED);
    expect(failed.answer.errors).toBeUndefined();
    expect(failed.answer.data).toEqual({
      workspace: { members: { nodes: mode.world.members.map(() => ({ bannedAt: null })) } },
    });
    expect(failed.answer.extensions?.upstream.notes).toContainEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringContaining('Discovery could not be read') as unknown,
    });

    const { answer } = await bill(mode, gateway, '{ workspace { reports(first: 1) { totalCount } } }');

    expect(answer.data).toEqual({ workspace: { reports: { totalCount: mode.world.reports.length } } });
    expect(answer.extensions?.upstream.notes).toEqual([]);
    expect(counts()).toEqual({ rest: 0, discovery: Math.ceil(mode.world.reports.length / 10) });
  });

  it('is not asked for again at once', async () => {
    await bill(mode, gateway, BANNED);
    const { answer } = await bill(mode, gateway, BANNED);
    expect(counts().discovery).toBe(0);
    expect(answer.extensions?.upstream.notes).not.toEqual([]);
  });

  it('in the same question leaves the others to Discovery', async () => {
    const { answer } = await bill(
      mode,
      gateway,
      '{ workspace { members { nodes { bannedAt } } queries(first: 1) { totalCount } reports(first: 1) { totalCount } } }',
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      workspace: {
        queries: { totalCount: mode.world.queries.length },
        reports: { totalCount: mode.world.reports.length },
      },
    });
    // The people of REST, who are asked for instead.
    expect(mode.ledger.calls({ api: 'REST' }).map((entry) => entry.path)).toEqual([
      expect.stringContaining('/memberships'),
    ]);
  });
});
