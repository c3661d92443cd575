import { ask, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const REPORTS = 'query ($tokens: [String!]!) { reports(tokens: $tokens) { archived } }';
const LISTS = '{ workspace { charts(first: 1) { totalCount } queries(first: 1) { totalCount } } }';

describe('T1: Discovery’s calls', () => {
  it.each([
    ['count with REST’s, as is assumed', {}, 40, 'shared'],
    ['count apart, where the operator says so', { MODE_DISCOVERY_RATE_LIMIT: '20/10s' }, 60, 'separate'],
  ] as const)(
    '%s',
    async (_, env, together, discoveryBucket) => {
      const clock = new SteppingClock();
      const mode = await startSmallMode({
        clock,
        size: { reports: 60, queries: 400, charts: 400 },
        behaviour: {
          rateLimit: { limit: 40, windowMs: 10_000 },
          latencyMs: 20,
          discoveryLatencyMs: 20,
          discoveryPageSize: 20,
          discoveryBucket,
        },
      });
      const gateway = gatewayOver(
        {
          ...envWithDiscovery(mode),
          MODE_RATE_LIMIT: '40/10s',
          MODE_CONCURRENCY: '40',
          OPERATION_TIMEOUT: '10m',
          ...env,
        },
        { clock },
      );
      const tokens = mode.world.reports.map(({ token }) => token);
      const answers = await clock.drive(
        Promise.all([ask(gateway, REPORTS, { tokens }), ask(gateway, LISTS)]),
        mode,
        gateway,
      );
      for (const { errors } of answers) expect(errors).toBeUndefined();
      expect(Object.keys(mode.ledger.countByStatus())).toEqual(['200']);
      expect(mode.ledger.calls({ api: 'REST' })).toHaveLength(60);
      expect(mode.ledger.maxInWindow(10_000, { api: 'REST' })).toBeLessThanOrEqual(40);
      expect(mode.ledger.maxInWindow(10_000, { api: 'DISCOVERY' })).toBeLessThanOrEqual(together === 40 ? 40 : 20);
      expect(mode.ledger.maxInWindow(10_000)).toBe(together);
      await gateway.dispose();
      await mode.close();
    },
    60_000,
  );
});
