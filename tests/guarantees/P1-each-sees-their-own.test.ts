import type { Gateway } from '../../src/gateway.ts';
import { globalId } from '../../src/schema/global-id.ts';
import type { CredentialName, Simulator } from '../../src/simulator/index.ts';
import { crawl, fragmentsOfNodes, type Ask, type Crawl } from '../support/crawler.ts';
import { envWithDiscovery, gatewayOver, post, startSmallMode, type Answer } from '../support/gateway.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { at, listAt, textAt, type Tree } from '../support/tree.ts';

const MEMBERS = ['member', 'colleague'] as const;

/** A crawler asks for more at once than anybody should. */
const UNBOUNDED = {
  MAX_PAGE_SIZE: '1000',
  MAX_NODES: '9999999',
  MAX_ALIASES: '1000',
  MAX_UPSTREAM_CALLS: '100000',
};

/** Text that stands in one row of the world and nowhere else. */
function mark(token: string): string {
  return `mark-of-${token}`;
}

interface Row {
  readonly token: string;
}

describe.each([404, 403] as const)(
  'P1: callers bring their own keys, and Mode answers %d for what is hidden',
  (status) => {
    let mode: Simulator;
    let clock: ShiftedClock;
    let gateway: Gateway;
    const crawls = new Map<CredentialName, Crawl>();

    const rows = (): Row[] => {
      const { collections, reports, queries, charts } = mode.world;
      return [...collections, ...reports, ...queries, ...charts];
    };
    const hiddenFrom = <Some extends Row>(who: CredentialName, of: readonly Some[]): Some[] =>
      of.filter(({ token }) => !mode.world.canSee(who, token));

    const askAs =
      (who: CredentialName): Ask =>
      async (query, variables = {}) => {
        const { token, secret } = mode.credentials[who];
        const request = post(query, variables);
        const headers = new Headers(request.headers);
        headers.set('authorization', `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`);
        const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers });
        return (await response.json()) as Answer;
      };

    const told = (who: CredentialName): Crawl => {
      const found = crawls.get(who);
      if (!found) throw new Error('nobody has crawled');
      return found;
    };

    beforeAll(async () => {
      mode = await startSmallMode({
        size: { collections: 20, reports: 60, queries: 120, charts: 150, members: 12 },
        behaviour: { hiddenStatus: status },
      });
      const { member, colleague } = mode.world;
      for (const [place, row] of mode.world.collections.entries()) {
        row.name = mark(row.token);
        if (row.type !== 'custom') continue;
        // Each of the two is kept out of some that the other is in.
        row.defaultAccessLevel = place % 3 === 0 ? 'view' : 'restricted';
        row.memberUsernames = [place % 3 === 1 ? member.username : colleague.username];
      }
      for (const row of mode.world.reports) row.name = mark(row.token);
      for (const row of mode.world.queries) {
        row.name = mark(row.token);
        row.rawQuery = `select '${mark(row.token)}'`;
      }
      for (const row of mode.world.charts) row.title = mark(row.token);
      mode.rebuildDiscovery();
      clock = new ShiftedClock();
      gateway = gatewayOver(
        { ...envWithDiscovery(mode), GATEWAY_AUTH: 'pass-through', ...UNBOUNDED, CREDENTIAL_MAX_AGE: '10m' },
        { clock },
      );
      // The admin first, so that everything there is has passed through the gateway and is held by it.
      for (const who of ['admin', ...MEMBERS] as const) crawls.set(who, await crawl(askAs(who)));
    }, 120_000);

    afterAll(async () => {
      await gateway.dispose();
      await mode.close();
    });

    it('there is something to hide from each, and not the same', () => {
      const [first, second] = MEMBERS.map((who) => new Set(hiddenFrom(who, rows()).map(({ token }) => token)));
      expect(first?.size).toBeGreaterThan(20);
      expect(second?.size).toBeGreaterThan(20);
      expect([...(first ?? [])].some((token) => !second?.has(token))).toBe(true);
      expect([...(second ?? [])].some((token) => !first?.has(token))).toBe(true);
    });

    it.each(['admin', ...MEMBERS] as const)('%s reaches all that they may see, and nothing else', (who) => {
      const reached = (type: string): string[] =>
        [...told(who).objects.values()]
          .filter((object) => textAt(object, '__typename') === type)
          .map((object) => textAt(object, `${type}_token`))
          .sort();
      const seen = (of: readonly Row[]): string[] =>
        of
          .filter(({ token }) => mode.world.canSee(who, token))
          .map(({ token }) => token)
          .sort();
      expect(reached('Collection')).toEqual(seen(mode.world.collections));
      expect(reached('Report')).toEqual(seen(mode.world.reports));
      expect(reached('ReportQuery')).toEqual(seen(mode.world.queries));
      expect(reached('Chart')).toEqual(seen(mode.world.charts));
    });

    it.each(MEMBERS)('no answer to %s holds a name, a token or a piece of SQL of what they may not see', (who) => {
      const text = told(who).said.join('\n');
      for (const { token } of hiddenFrom(who, rows())) {
        if (text.includes(token)) throw new Error(`${token} is in an answer to ${who}`);
      }
      for (const { token } of rows()) {
        if (mode.world.canSee(who, token)) expect(text.includes(mark(token))).toBe(true);
      }
    });

    it.each(MEMBERS)('each list of %s counts just what it shows', (who) => {
      let lists = 0;
      const look = (tree: Tree): void => {
        if (typeof tree !== 'object' || tree === null) return;
        if (!Array.isArray(tree) && typeof tree.totalCount === 'number') {
          lists++;
          expect(listAt(tree, 'edges')).toHaveLength(tree.totalCount);
        }
        for (const child of Object.values(tree)) look(child);
      };
      for (const object of told(who).objects.values()) look(object);
      expect(lists).toBeGreaterThan(100);
    });

    it.each(MEMBERS)('the catalog counts for %s what they may see of what Discovery lists', async (who) => {
      const answer = await askAs(who)('{ catalog { counts { reports queries charts members } lists { name rows } } }');
      const seen = (of: readonly Row[]): number => of.filter(({ token }) => mode.world.canSee(who, token)).length;
      const { reports, queries, charts } = mode.world;
      expect(at(answer.data, 'catalog.counts')).toEqual({
        reports: seen(reports),
        queries: seen(queries),
        charts: seen(charts),
        // Discovery's list of people tells admins when everybody last looked at what.
        members: null,
      });
      const lists = new Map(listAt(answer.data, 'catalog.lists').map((list) => [at(list, 'name'), at(list, 'rows')]));
      expect(lists.get('reports')).toBe(seen(reports));
      expect(lists.get('stats')).toBe(seen(reports));
      expect(lists.has('members')).toBe(false);
    });

    /** What is said of an answer when it is not the time of day. */
    const comparable = ({ data, errors, extensions }: Answer): Tree =>
      JSON.parse(
        JSON.stringify({
          data: data ?? null,
          errors: errors ?? [],
          calls: extensions?.upstream.calls ?? null,
          plan: extensions?.upstream.plan ?? null,
          notes: extensions?.upstream.notes ?? null,
          snapshotAsOf: extensions?.upstream.snapshotAsOf ?? null,
        }),
      ) as Tree;

    /** Asks once for what is hidden and once for what never was, in the same words, and compares the answers. */
    async function isAsIfNotThere(who: CredentialName, query: string, hidden: Tree, never: Tree): Promise<void> {
      const [real, none] = [await askAs(who)(query, { it: hidden }), await askAs(who)(query, { it: never })];
      const [text, other] = [real, none].map((answer) => JSON.stringify(comparable(answer)));
      // What was asked for may be said again; nothing else may differ.
      const blank = (said = '', asked: Tree): string => said.replaceAll(JSON.stringify(asked).slice(1, -1), '…');
      expect(blank(text, hidden)).toBe(blank(other, never));
    }

    const NEVER = '0123456789ab';

    it.each(MEMBERS)('asked for by name, what %s may not see is as if it had never been', async (who) => {
      const { workspace } = mode;
      const charts = hiddenFrom(who, mode.world.charts).slice(0, 4);
      for (const chart of charts) {
        const { reportToken: report, queryToken: query } = chart;
        const collection = mode.world.reportByToken.get(report)?.collectionToken ?? '';
        const everything = fragmentsOfNodes();
        const single = `query ($it: String!) { %(token: $it) { __typename id token } }`;
        await isAsIfNotThere(who, single.replace('%', 'report'), report, NEVER);
        await isAsIfNotThere(who, single.replace('%', 'collection'), collection, NEVER);
        await isAsIfNotThere(who, 'query ($it: [String!]!) { reports(tokens: $it) { id name } }', [report], [NEVER]);
        await isAsIfNotThere(
          who,
          `query ($it: String!) { reportQuery(reportToken: $it, token: "${query}") { id sql } }`,
          report,
          NEVER,
        );
        await isAsIfNotThere(
          who,
          `query ($it: String!) { reportQuery(reportToken: "${report}", token: $it) { id sql } }`,
          query,
          NEVER,
        );
        await isAsIfNotThere(
          who,
          `query ($it: String!) { chart(reportToken: "${report}", queryToken: "${query}", token: $it) { id title } }`,
          chart.token,
          NEVER,
        );
        for (const [type, real, none] of [
          ['Collection', [workspace, collection], [workspace, NEVER]],
          ['Report', [workspace, report], [workspace, NEVER]],
          ['ReportQuery', [workspace, report, query], [workspace, report, NEVER]],
          ['Chart', [workspace, report, query, chart.token], [workspace, report, query, NEVER]],
        ] as const) {
          const node = `query ($it: ID!) { node(id: $it) { ${everything} } }`;
          await isAsIfNotThere(who, node, globalId(type, ...real), globalId(type, ...none));
        }
      }
    });

    it.each(MEMBERS)('a visible report does not lend its place to a hidden query or chart of %s', async (who) => {
      const [seen] = mode.world.reports.filter(({ token }) => mode.world.canSee(who, token));
      const [chart] = hiddenFrom(who, mode.world.charts);
      const answer = await askAs(who)(
        `{ reportQuery(reportToken: "${seen?.token}", token: "${chart?.queryToken}") { sql }
         chart(reportToken: "${seen?.token}", queryToken: "${chart?.queryToken}", token: "${chart?.token}") { title } }`,
      );
      expect([answer.data, answer.errors]).toEqual([{ reportQuery: null, chart: null }, undefined]);
    });

    it.each(MEMBERS)('searching finds nothing of what %s may not see', async (who) => {
      const [collection] = hiddenFrom(who, mode.world.collections);
      const [report] = hiddenFrom(who, mode.world.reports);
      const [query] = hiddenFrom(who, mode.world.queries);
      const [chart] = hiddenFrom(who, mode.world.charts);
      for (const [list, filter, of] of [
        ['collections', '{ search: $it }', collection],
        ['reports', '{ search: $it }', report],
        ['queries', '{ search: $it }', query],
        ['queries', '{ sqlContains: $it }', query],
        ['charts', '{ search: $it }', chart],
      ] as const) {
        const text = `query ($it: String!) { workspace { ${list}(filter: ${filter}) { totalCount nodes { id } } } }`;
        await isAsIfNotThere(who, text, mark(of?.token ?? ''), mark(NEVER));
      }
      const inCollection =
        'query ($it: [String!]!) { workspace { reports(filter: { collections: $it }) { totalCount } } }';
      await isAsIfNotThere(who, inCollection, [collection?.token ?? ''], [NEVER]);
    });

    it('a cursor of another caller opens nothing: it only says where to go on', async () => {
      const page =
        'query ($after: String) { workspace { reports(first: 10, after: $after) { nodes { token } pageInfo { endCursor } } } }';
      const cursor = textAt((await askAs('admin')(page)).data, 'workspace.reports.pageInfo.endCursor');
      const answer = await askAs('member')(page, { after: cursor });
      const tokens = listAt(answer.data, 'workspace.reports.nodes').map((node) => textAt(node, 'token'));
      expect(tokens.length).toBeGreaterThan(0);
      expect(tokens.filter((token) => !mode.world.canSee('member', token))).toEqual([]);
    });

    it('who is taken out of a collection stops seeing it once their list of collections is read anew', async () => {
      const member = mode.world.member.username;
      const restricted = mode.world.collections.find(
        ({ token, type }) =>
          type === 'custom' &&
          mode.world.canSee('member', token) &&
          (mode.world.reportsByCollection.get(token)?.length ?? 0) > 0,
      );
      if (!restricted) throw new Error('the world has no such collection');
      const count = '{ workspace { reports { totalCount } } }';
      const before = at((await askAs('member')(count)).data, 'workspace.reports.totalCount');
      restricted.defaultAccessLevel = 'restricted';
      restricted.memberUsernames = restricted.memberUsernames.filter((name) => name !== member);
      clock.skip(600_001);
      const after = at((await askAs('member')(count)).data, 'workspace.reports.totalCount');
      expect(after).toBe(Number(before) - (mode.world.reportsByCollection.get(restricted.token)?.length ?? 0));
    });
  },
);
