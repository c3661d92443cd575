import { canonicalQuestions, type CanonicalQuestion } from '../support/canonical-questions.ts';
import { ask, bill, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';

const EVERYTHING = `{ workspace {
  collections { totalCount } reports { totalCount pageInfo { hasNextPage endCursor } }
  queries { totalCount } charts { totalCount } } catalog { state } }`;

describe('a workspace that is unlike others', () => {
  it('because it is empty is answered, cold and warm, and read once', async () => {
    const mode = await startSmallMode({ size: { collections: 0, reports: 0, queries: 0, charts: 0 } });
    const gateway = gatewayOver(envWithDiscovery(mode));
    const none = { totalCount: 0 };
    const expected = {
      workspace: {
        collections: none,
        reports: { ...none, pageInfo: { hasNextPage: false, endCursor: null } },
        queries: none,
        charts: none,
      },
    };

    const cold = await bill(mode, gateway, EVERYTHING);
    expect(cold.answer.errors).toBeUndefined();
    expect(cold.answer.data).toMatchObject(expected);
    expect(cold.calls).toHaveLength(4);
    await gateway.catalog.warm();
    expect((await ask(gateway, EVERYTHING)).data).toMatchObject({ ...expected, catalog: { state: 'READY' } });
    await gateway.dispose();
    await mode.close();
  });

  it('because Discovery keeps silent about archived reports finds them by token, with what they hold', async () => {
    const mode = await startSmallMode({ behaviour: { discoveryArchived: false } });
    const gateway = gatewayOver(envWithDiscovery(mode));
    await gateway.catalog.warm();
    const archived = mode.world.reports.filter(
      (row) => row.archived && (mode.world.queriesByReport.get(row.token)?.length ?? 0) > 0,
    );
    expect(archived.length).toBeGreaterThan(0);
    for (const { token, name } of archived) {
      const { data } = await ask(gateway, `{ report(token: "${token}") { name queries { totalCount } } }`);
      expect(data).toEqual({
        report: { name, queries: { totalCount: mode.world.queriesByReport.get(token)?.length } },
      });
    }
    await gateway.dispose();
    await mode.close();
  });

  it.each([
    { ids: 'numbers', discoveryEdgeLinks: 'absent', discoveryMembersKey: 'memberships' },
    { discoveryViewCount: 'total_views_count', discoveryChartTitles: 'encoded', unpagedLists: 'endAfterFirst' },
    { discoveryBucket: 'separate', emptyPage: 'emptyEmbedded', discoveryPageSize: 7 },
    { discoveryShuffle: 'rotate', discoveryPageSize: 11, deadToken: 404 },
  ] as const)('because its Mode is of another mood (%j) is answered like any other', async (behaviour) => {
    const mode = await startSmallMode({ size: { collections: 12, reports: 120 }, behaviour });
    const check = async ({ query, truth }: CanonicalQuestion, personal: boolean): Promise<void> => {
      const gateway = gatewayOver(envWithDiscovery(mode));
      if (personal) await gateway.catalog.warm();
      const answer = await ask(gateway, query);
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual(truth({ personal }));
      await gateway.dispose();
    };
    for (const question of canonicalQuestions(mode.world)) {
      await check(question, true);
      // A cold one may choose REST, which lists personal collections too.
      if (['Q2', 'Q4', 'Q6', 'Q7'].includes(question.name)) await check(question, false);
    }
    await mode.close();
  });
});
