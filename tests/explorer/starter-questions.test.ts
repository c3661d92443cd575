import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { starters, type Starter } from '../../explorer/starters/starters.ts';
import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, envWithDiscovery, gatewayOver, startSmallMode, until, type Answer } from '../support/gateway.ts';
import type { Tree } from '../support/tree.ts';

const NOW = Date.UTC(2026, 8, 1, 12, 34, 56);
const HINT = '{"x-api-key": "…"}';
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const all = starters(NOW);

describe.each(all.map((starter) => [starter.title, starter] as const))(
  'the starter question "%s"',
  (_title, starter) => {
    it('fits the schema, with all its variables filled in', () => {
      const document = parse(starter.query);
      expect(validate(schema, document)).toEqual([]);
      const operations = document.definitions.filter((each): each is OperationDefinitionNode => {
        return each.kind === Kind.OPERATION_DEFINITION;
      });
      // One: with more, the play button would ask which.
      expect(operations).toHaveLength(1);
      const names = operations[0]?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
      expect(Object.keys(starter.variables).sort()).toEqual([...names].sort());
    });

    it('teaches in comments, and in lines that fit the editor', () => {
      expect(starter.query).toMatch(/^#/);
      expect(starter.query.split('\n').filter((line) => line.length > 60)).toEqual([]);
    });
  },
);

describe('the starter questions', () => {
  it('have each a name, and a title, of their own', () => {
    const nameOf = ({ query }: Starter) => /^query (\w+)/m.exec(query)?.[1];
    expect(all.map(nameOf)).toEqual(['Welcome', 'UnviewedReports', 'TableUsage', 'ScheduledReports', 'ReportInFull']);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  });

  it('count ninety days back from today', () => {
    expect(all[1]?.variables.before).toBe('2026-06-03T00:00:00.000Z');
  });

  it('say first of all which key is wanted, where one is', () => {
    const [first = { query: '' }, ...others] = starters(NOW, HINT);
    expect(first.query).toContain(`needs a key. Put it into Headers,\n# below: ${HINT}\n`);
    expect(validate(schema, parse(first.query))).toEqual([]);
    expect(others).toEqual(all.slice(1));
    for (const { query } of all) expect(query).not.toContain('key');
  });

  describe('asked of a workspace', () => {
    let mode: Simulator;
    let gateway: Gateway;

    beforeAll(async () => {
      mode = await startSmallMode({ size: { collections: 12, reports: 400, members: 30, dataSources: 4 } });
      // Warm, as a gateway is that has been up for a minute.
      gateway = gatewayOver({ ...envWithDiscovery(mode), CATALOG_WARM: 'on' });
      await gateway.start();
      await until(() => gateway.catalog.status().every(({ asOf }) => asOf !== null));
    });
    afterAll(async () => {
      await gateway.dispose();
      await mode.close();
    });

    const answerTo = async (place: number): Promise<Answer> => {
      const { query, variables } = all[place] ?? { query: '', variables: {} };
      const answer = await ask(gateway, query, variables as Record<string, Tree>);
      expect(answer.errors).toBeUndefined();
      expect(answer.extensions?.upstream.notes).toEqual([]);
      return answer;
    };
    const rowsOf = (answer: Answer, list: string): { totalCount: number; nodes: Record<string, unknown>[] } => {
      const { workspace } = answer.data as unknown as {
        workspace: Record<string, { totalCount: number; nodes: Record<string, unknown>[] }>;
      };
      return workspace[list] ?? { totalCount: 0, nodes: [] };
    };

    it('greet with collections and what is in them', async () => {
      const { totalCount, nodes } = rowsOf(await answerTo(0), 'collections');
      expect(totalCount).toBe(mode.world.collections.length);
      expect(nodes).toHaveLength(5);
    });

    it('find exactly the reports that nobody has viewed for ninety days', async () => {
      const before = '2026-06-03T00:00:00.000Z';
      const expected = mode.world.reports.filter(
        ({ createdAt, lastViewedAt }) => createdAt < before && (lastViewedAt === null || lastViewedAt < before),
      );
      const { totalCount, nodes } = rowsOf(await answerTo(1), 'reports');
      expect(totalCount).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(0);
      const tokens = expected.map(({ token }) => token);
      for (const { webUrl } of nodes) expect(tokens).toContain(String(webUrl).slice(-12));
    });

    it('find exactly the queries that name a table', async () => {
      // A whole name, not a piece of one.
      const expected = mode.world.queries.filter(({ rawQuery }) => /(?<![\w$])orders(?![\w$])/i.test(rawQuery));
      const { totalCount, nodes } = rowsOf(await answerTo(2), 'queries');
      expect(totalCount).toBe(expected.length);
      expect(nodes).toHaveLength(20);
      for (const { report } of nodes) expect(report).toMatchObject({ webUrl: expect.any(String) as string });
    });

    it('find exactly the scheduled reports, those that few look at first', async () => {
      const expected = mode.world.reports.filter(({ schedulesCount }) => schedulesCount > 0);
      const { totalCount, nodes } = rowsOf(await answerTo(3), 'reports');
      expect(totalCount).toBe(expected.length);
      const views = nodes.map(({ viewCount }) => Number(viewCount));
      expect(views).toEqual([...views].sort((one, other) => one - other));
      for (const { schedulesCount } of nodes) expect(schedulesCount).toBeGreaterThan(0);
    });

    it('show one report in full, without knowing any, at the calls that its bill says', async () => {
      mode.ledger.clear();
      const answer = await answerTo(4);
      const { nodes } = rowsOf(answer, 'reports');
      const [latest] = [...mode.world.reports].sort((one, other) =>
        (other.lastViewedAt ?? '').localeCompare(one.lastViewedAt ?? ''),
      );
      expect(nodes).toMatchObject([{ token: latest?.token, archived: latest?.archived, name: latest?.name }]);
      const calls = answer.extensions?.upstream.calls;
      expect(mode.ledger.entries).toHaveLength((calls?.rest ?? 0) + (calls?.discovery ?? 0));
      expect(mode.ledger.entries.length).toBeGreaterThan(0);
    });

    it('end without a fault where there is no Discovery, if not always with all of it', async () => {
      const restOnly = gatewayOver(envFor(mode));
      for (const { query, variables } of all) {
        const { errors } = await ask(restOnly, query, variables as Record<string, Tree>);
        for (const { extensions } of errors ?? []) {
          expect(['OPERATION_TOO_COSTLY', 'DISCOVERY_UNAVAILABLE']).toContain(extensions?.code);
        }
      }
      await restOnly.dispose();
    });
  });
});
