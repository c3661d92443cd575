import type { Gateway } from '../../src/gateway.ts';
import type { SimQuery, SimReport, Simulator } from '../../src/simulator/index.ts';
import { words } from '../support/canonical-questions.ts';
import { ask, envFor, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { at, listAt, textAt } from '../support/tree.ts';
import { some } from '../support/world-order.ts';

/** Where the answers come from: all of it must be the same, but for what REST cannot know. */
const WAYS = ['Discovery', 'a warm catalog', 'REST'] as const;

let mode: Simulator;

beforeAll(async () => {
  mode = await startSmallMode({ size: { collections: 8, reports: 45 } });
  const [first] = mode.world.reports;
  if (!first) throw new Error('the world has no reports');
  for (const sql of [
    'select * from analytics.orders',
    'SELECT * FROM "ORDERS" o',
    'select `orders`.id from [orders]',
    'select * from reorders join orders_old using (id)',
    'select 1 as order_s, pre$orders, orders2',
    'select * from "analytics"."orders"',
    'select * from other.orders',
    'select * from ordérs, événements',
  ]) {
    mode.world.addQuery(first.token, { name: `Mine: ${sql}`, rawQuery: sql });
  }
  mode.rebuildDiscovery();
});

afterAll(() => mode.close());

async function gatewayFor(way: (typeof WAYS)[number]): Promise<Gateway> {
  const gateway = gatewayOver(way === 'REST' ? envFor(mode) : envWithDiscovery(mode));
  if (way === 'a warm catalog') await gateway.catalog.warm();
  return gateway;
}

const sorted = (tokens: readonly string[]): string[] => [...tokens].sort();
const tokensOf = (rows: readonly { readonly token: string }[]): string[] => sorted(rows.map((row) => row.token));

describe.each(WAYS)('lists by way of %s', (way) => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await gatewayFor(way);
  });

  afterAll(() => gateway.dispose());

  /** Every token of a list, page after page. */
  async function walk(parent: string, list: string, args = ''): Promise<string[]> {
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { data, errors } = await ask(
        gateway,
        `{ ${parent} { list: ${list}(first: 100, after: ${JSON.stringify(after)}${args === '' ? '' : `, ${args}`}) {
          totalCount nodes { token } pageInfo { hasNextPage endCursor } } } }`,
      );
      expect(errors).toBeUndefined();
      const path = `${parent.replace(/\(.*/, '')}.list`;
      seen.push(...listAt(data, `${path}.nodes`).map((row) => textAt(row, 'token')));
      const page = at(data, path);
      if (at(page, 'pageInfo.hasNextPage') !== true) {
        expect(at(page, 'totalCount')).toBe(seen.length);
        return sorted(seen);
      }
      after = textAt(page, 'pageInfo.endCursor');
    }
  }

  it('hold what the workspace holds', async () => {
    const { world } = mode;
    expect(await walk('workspace', 'reports')).toEqual(tokensOf(world.reports));
    expect(await walk('workspace', 'queries')).toEqual(tokensOf(world.queries));
    expect(await walk('workspace', 'charts')).toEqual(tokensOf(world.charts));
  });

  it('hold what a collection holds, personal ones too', async () => {
    const { world } = mode;
    for (const { token } of world.collections) {
      const reports = new Set((world.reportsByCollection.get(token) ?? []).map((row) => row.token));
      const parent = `collection(token: "${token}")`;
      expect(await walk(parent, 'queries')).toEqual(
        tokensOf(world.queries.filter((row) => reports.has(row.reportToken))),
      );
      expect(await walk(parent, 'charts')).toEqual(
        tokensOf(world.charts.filter((row) => reports.has(row.reportToken))),
      );
      expect(await walk(parent, 'reports')).toEqual(sorted([...reports]));
    }
  });

  it('hold a report’s charts', async () => {
    for (const { token } of mode.world.reports.slice(0, 12)) {
      expect(await walk(`report(token: "${token}")`, 'charts')).toEqual(
        tokensOf(mode.world.charts.filter((row) => row.reportToken === token)),
      );
    }
  });

  it('hold a data source’s queries and reports', async () => {
    const { world } = mode;
    for (const { token } of world.dataSources) {
      const own = world.queries.filter((row) => row.dataSourceToken === token);
      const having = new Set(own.map((row) => row.reportToken));
      const parent = `dataSource(token: "${token}")`;
      expect(await walk(parent, 'queries')).toEqual(tokensOf(own));
      expect(await walk(parent, 'reports')).toEqual(sorted([...having]));
    }
  });

  it('hold a member’s reports', async () => {
    for (const { username } of mode.world.members) {
      expect(await walk(`member(username: "${username}")`, 'reports')).toEqual(
        tokensOf(mode.world.reports.filter((row) => row.creatorUsername === username)),
      );
    }
  });

  describe('of queries, filtered', () => {
    const queries = (filter: string) => walk('workspace', 'queries', `filter: ${filter}`);
    const those = (fits: (row: SimQuery) => boolean) => tokensOf(mode.world.queries.filter(fits));

    it.each([
      ['orders', ['orders']],
      ['ORDERS', ['orders']],
      ['"orders"', ['orders']],
      ['événements', ['événements']],
    ])('by the identifier %s, whole', async (name, whole) => {
      const found = those((row) => whole.every((word) => words(row.rawQuery).includes(word)));
      expect(found.length).toBeGreaterThan(0);
      expect(await queries(`{ usesIdentifier: ${JSON.stringify(name)} }`)).toEqual(found);
    });

    it('by a qualified identifier, quoted or not', async () => {
      const found = those((row) => /analytics"?\."?orders\b(?!_)/i.test(row.rawQuery));
      expect(found.length).toBeGreaterThanOrEqual(2);
      for (const name of ['analytics.orders', 'Analytics."Orders"']) {
        expect(await queries(`{ usesIdentifier: ${JSON.stringify(name)} }`)).toEqual(found);
      }
    });

    it('by text that means something to a pattern, and does not here', async () => {
      expect(await queries('{ usesIdentifier: "order.*" }')).toEqual([]);
      expect(await queries('{ sqlContains: "[ORDERS]" }')).toEqual(those((row) => /\[orders\]/i.test(row.rawQuery)));
      expect(await queries('{ sqlContains: "orders_" }')).toEqual(those((row) => /orders_/i.test(row.rawQuery)));
    });

    it('by who made them, by username and by address', async () => {
      for (const member of [mode.world.admin, ...mode.world.members.slice(2, 5)]) {
        const own = those((row) => row.creatorUsername === member.username);
        expect(await queries(`{ creators: ["${member.username}"] }`)).toEqual(own);
        expect(await queries(`{ creators: ["${member.email.toUpperCase()}"] }`)).toEqual(own);
      }
      expect(await queries('{ creators: ["nobody", "nobody@example.com"] }')).toEqual([]);
      expect(await queries('{ creators: [] }')).toEqual([]);
    });

    it('by data source, and by one condition or another', async () => {
      const [first, second] = mode.world.dataSources;
      const one = `{ dataSources: ["${first?.token}"] }`;
      expect(await queries(one)).toEqual(those((row) => row.dataSourceToken === first?.token));
      expect(await queries(`{ or: [${one}, { search: "mine" }] }`)).toEqual(
        those((row) => row.dataSourceToken === first?.token || /mine/i.test(row.name ?? '')),
      );
      expect(await queries(`{ dataSources: ["${second?.token}"], or: [{ search: "a" }, { search: "e" }] }`)).toEqual(
        those((row) => row.dataSourceToken === second?.token && /[ae]/i.test(row.name ?? '')),
      );
    });

    it('by when they changed, which REST alone knows', async () => {
      const middle = [...mode.world.queries].map((row) => row.updatedAt).sort()[40] ?? '';
      expect(await queries(`{ updatedAt: { after: "${middle}" } }`)).toEqual(those((row) => row.updatedAt >= middle));
    });
  });

  describe('of charts, filtered', () => {
    const charts = (filter: string) => walk('workspace', 'charts', `filter: ${filter}`);

    it('by type, and by what both APIs know of the title', async () => {
      const types = [...new Set(mode.world.charts.map((row) => row.type))].slice(0, 2);
      expect(await charts(`{ types: ${JSON.stringify(types)} }`)).toEqual(
        tokensOf(mode.world.charts.filter((row) => types.includes(row.type))),
      );
      expect(await charts('{ search: "&" }')).toEqual(
        tokensOf(mode.world.charts.filter((row) => row.title.includes('&'))),
      );
    });

    it('by who made them, which REST alone knows', async () => {
      const { creatorUsername } = some(mode.world.charts);
      expect(await charts(`{ creators: ["${creatorUsername}"] }`)).toEqual(
        tokensOf(mode.world.charts.filter((row) => row.creatorUsername === creatorUsername)),
      );
    });
  });

  describe('of reports, filtered', () => {
    const reports = (filter: string) => walk('workspace', 'reports', `filter: ${filter}`);
    const those = (fits: (row: SimReport) => boolean) => tokensOf(mode.world.reports.filter(fits));

    it.each<[string, (row: SimReport) => boolean]>([
      ['{ scheduled: true }', (row) => row.schedulesCount > 0],
      ['{ scheduled: false }', (row) => row.schedulesCount === 0],
      ['{ neverRun: true }', (row) => row.lastRunAt === null],
      ['{ neverRun: false }', (row) => row.lastRunAt !== null],
      ['{ viewCount: { min: 10, max: 40 } }', (row) => row.viewCount >= 10 && row.viewCount <= 40],
      ['{ viewCount: { max: 0 } }', (row) => row.viewCount <= 0],
      ['{ viewCount: {} }', () => true],
      ['{ archived: true }', (row) => row.archived],
      ['{ archived: false, scheduled: true }', (row) => !row.archived && row.schedulesCount > 0],
      ['{ types: ["DatasetReport"] }', (row) => row.type === 'DatasetReport'],
      ['{ or: [{ archived: true }, { scheduled: true }] }', (row) => row.archived || row.schedulesCount > 0],
      ['{ or: [] }', () => true],
      ['{ or: [{}] }', () => true],
    ])('by %s', async (filter, fits) => {
      expect(await reports(filter)).toEqual(those(fits));
    });

    it.each(['createdAt', 'updatedAt', 'lastRunAt'] as const)(
      'by the moment %s, from one to before another',
      async (field) => {
        const moments = mode.world.reports.flatMap((row) => row[field] ?? []).sort();
        const [after = '', before = ''] = [moments[10], moments[30]];
        const value = (row: SimReport) => row[field];
        expect(await reports(`{ ${field}: { after: "${after}", before: "${before}" } }`)).toEqual(
          those((row) => (value(row) ?? '') >= after && (value(row) ?? '~') < before),
        );
      },
    );

    it('by collection and by creator, by either name', async () => {
      const homes = mode.world.collections.slice(0, 3).map((row) => row.token);
      expect(await reports(`{ collections: ${JSON.stringify(homes)} }`)).toEqual(
        those((row) => homes.includes(row.collectionToken)),
      );
      for (const { username, email } of mode.world.members.slice(0, 4)) {
        const own = those((row) => row.creatorUsername === username);
        expect(await reports(`{ creators: ["${username}"] }`)).toEqual(own);
        expect(await reports(`{ creators: ["${email}"] }`)).toEqual(own);
      }
    });
  });

  it('name the author and the data source of each row', async () => {
    const { data, errors } = await ask(
      gateway,
      `{ workspace { queries(first: 100) { nodes { token creator { username email } dataSource { token } report { name } } } } }`,
    );
    expect(errors).toBeUndefined();
    for (const row of listAt(data, 'workspace.queries.nodes')) {
      const truth = some(mode.world.queries, (each) => each.token === textAt(row, 'token'));
      const author = mode.world.memberByUsername.get(truth.creatorUsername);
      expect(row).toMatchObject({
        creator: { username: truth.creatorUsername, email: author?.email },
        dataSource: { token: truth.dataSourceToken },
        report: { name: mode.world.reportByToken.get(truth.reportToken)?.name },
      });
    }
  });
});

describe.each(['Discovery', 'a warm catalog'] as const)('what Discovery alone knows, by way of %s', (way) => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await gatewayFor(way);
  });

  afterAll(() => gateway.dispose());

  const reports = async (filter: string): Promise<string[]> => {
    const { data, errors } = await ask(
      gateway,
      `{ workspace { reports(first: 100, filter: ${filter}) { nodes { token } } } }`,
    );
    expect(errors).toBeUndefined();
    return sorted(listAt(data, 'workspace.reports.nodes').map((row) => textAt(row, 'token')));
  };
  const those = (fits: (row: SimReport) => boolean) => tokensOf(mode.world.reports.filter(fits));

  it('filters reports by views and by the state of the last run', async () => {
    expect(await reports('{ neverViewed: true }')).toEqual(those((row) => row.lastViewedAt === null));
    expect(await reports('{ neverViewed: false }')).toEqual(those((row) => row.lastViewedAt !== null));
    expect(await reports('{ lastRunStates: ["failed", "cancelled"] }')).toEqual(
      those((row) => row.lastRunState === 'failed' || row.lastRunState === 'cancelled'),
    );
    const [moment = ''] = mode.world.reports.flatMap((row) => row.lastViewedAt ?? []);
    expect(await reports(`{ lastViewedAt: { before: "${moment}" } }`)).toEqual(
      those((row) => row.lastViewedAt !== null && row.lastViewedAt < moment),
    );
  });

  it('filters queries and charts by collection', async () => {
    const [home] = mode.world.collections;
    const inside = new Set((mode.world.reportsByCollection.get(home?.token ?? '') ?? []).map((row) => row.token));
    const { data } = await ask(
      gateway,
      `{ workspace {
        queries(filter: { collections: ["${home?.token}"] }) { totalCount }
        charts(filter: { collections: ["${home?.token}"] }) { totalCount } } }`,
    );
    expect(data).toEqual({
      workspace: {
        queries: { totalCount: mode.world.queries.filter((row) => inside.has(row.reportToken)).length },
        charts: { totalCount: mode.world.charts.filter((row) => inside.has(row.reportToken)).length },
      },
    });
  });

  it('tells how each report is used', async () => {
    const { data, errors } = await ask(
      gateway,
      `{ workspace { reports(first: 100) { nodes { token lastViewedAt lastRunState viewCount schedulesCount
        stats { viewCount activeSchedulesCount explorationsCount recentRunnerEmails schedulerEmails editorEmails } } } } }`,
    );
    expect(errors).toBeUndefined();
    const emails = (names: readonly string[]) =>
      names.flatMap((name) => mode.world.memberByUsername.get(name)?.email ?? []);
    for (const row of listAt(data, 'workspace.reports.nodes')) {
      const truth = some(mode.world.reports, (each) => each.token === textAt(row, 'token'));
      const explorations = (mode.world.queriesByReport.get(truth.token) ?? []).map((each) => each.explorationsCount);
      expect(row).toEqual({
        token: truth.token,
        lastViewedAt: truth.lastViewedAt,
        lastRunState: truth.lastRunState,
        viewCount: truth.viewCount,
        schedulesCount: truth.schedulesCount,
        stats: {
          viewCount: truth.viewCount,
          activeSchedulesCount: truth.schedulesCount,
          explorationsCount: explorations.reduce((sum, count) => sum + count, 0),
          recentRunnerEmails: emails(truth.runnerUsernames),
          schedulerEmails: emails(truth.schedulerUsernames),
          editorEmails: emails(truth.editorUsernames),
        },
      });
    }
  });

  it('tells when members came, and REST who they are', async () => {
    const { data, errors } = await ask(
      gateway,
      '{ workspace { members(first: 100) { nodes { username name email state activatedAt bannedAt totalDaysEngaged } } } }',
    );
    expect(errors).toBeUndefined();
    const members = listAt(data, 'workspace.members.nodes');
    expect(members.map((row) => textAt(row, 'username')).sort()).toEqual(
      mode.world.members.map((row) => row.username).sort(),
    );
    for (const row of members) {
      const truth = some(mode.world.members, (each) => each.username === textAt(row, 'username'));
      expect(row).toMatchObject({
        name: truth.name,
        email: truth.email,
        activatedAt: truth.activatedAt,
        bannedAt: truth.bannedAt,
        totalDaysEngaged: expect.any(Number) as number,
      });
    }
  });
});

describe('without Discovery', () => {
  const query = (filter: string) => `{ workspace { reports(filter: ${filter}) { totalCount } } }`;

  it.each([
    '{ neverViewed: false }',
    '{ lastRunStates: ["failed"] }',
    '{ lastViewedAt: { before: "2030-01-01T00:00:00Z" } }',
    '{ neverViewed: true }',
  ])('a filter that only Discovery can judge, %s, finds nothing, and the answer says why', async (filter) => {
    const answer = await ask(gatewayOver(envFor(mode)), query(filter));
    expect(answer.data).toEqual({ workspace: { reports: { totalCount: 0 } } });
    expect(answer.extensions?.upstream.notes.map(({ code }) => code)).toEqual(['DISCOVERY_UNAVAILABLE']);
  });

  it('bad arguments of a list below a member or a data source cost no more than the parent', async () => {
    const gateway = gatewayOver(envFor(mode));
    const { username } = mode.world.admin;
    const [source] = mode.world.dataSources;
    mode.ledger.clear();
    await ask(gateway, `{ member(username: "${username}") { reports(first: 5000) { totalCount } } }`);
    await ask(gateway, `{ dataSource(token: "${source?.token}") { reports(after: "x") { totalCount } } }`);
    expect(mode.ledger.entries).toHaveLength(2);
  });
});

describe('Query.catalog', () => {
  const STATE = '{ catalog { state progress asOf lists { name rows asOf } } }';
  const stateOf = async (gateway: Gateway) =>
    ((await ask(gateway, STATE)).data as { catalog: { state: string; asOf: string | null } }).catalog;

  it('is OFF without Discovery, and costs nothing', async () => {
    mode.ledger.clear();
    expect(await stateOf(gatewayOver(envFor(mode)))).toMatchObject({ state: 'OFF', asOf: null, progress: null });
    expect(mode.ledger.entries).toEqual([]);
  });

  it('goes from EMPTY by PARTIAL and READING to READY, and counts what it holds', async () => {
    const gateway = gatewayOver(envWithDiscovery(mode));
    expect(await stateOf(gateway)).toMatchObject({ state: 'EMPTY', asOf: null });

    await ask(gateway, '{ workspace { reports { totalCount } } }');
    expect(await stateOf(gateway)).toMatchObject({ state: 'PARTIAL' });

    mode.behaviour.discoveryLatencyMs = 200;
    const warming = gateway.catalog.warm();
    expect(await stateOf(gateway)).toMatchObject({ state: 'READING', progress: expect.any(Number) as number });
    mode.behaviour.discoveryLatencyMs = 0;
    await warming;

    const { world } = mode;
    const shown = world.collections.filter((row) => row.type !== 'private').length;
    expect(await stateOf(gateway)).toMatchObject({
      state: 'READY',
      lists: expect.arrayContaining([
        expect.objectContaining({ name: 'collections', rows: shown }),
        expect.objectContaining({ name: 'reports', rows: world.reports.length }),
        expect.objectContaining({ name: 'stats', rows: world.reports.length }),
        expect.objectContaining({ name: 'queries', rows: world.queries.length }),
        expect.objectContaining({ name: 'charts', rows: world.charts.length }),
        expect.objectContaining({ name: 'members', rows: world.members.length }),
      ]) as unknown,
    });
    await gateway.dispose();
  });
});

describe('the people and the databases of a workspace', () => {
  it('are pages in an order, found by name, state and rights', async () => {
    const mode = await startSmallMode();
    const gateway = gatewayOver(envFor(mode));
    const namesOf = async (field: string): Promise<(string | null)[]> => {
      const { data, errors } = await ask(gateway, `{ workspace { list: ${field} { nodes { name } } } }`);
      expect(errors).toBeUndefined();
      return listAt(data, 'workspace.list.nodes').map((row) => textAt(row, 'name'));
    };
    const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
    const people = mode.world.members.map((row) => row.name).sort(collator.compare);
    expect(await namesOf('members(first: 100, orderBy: { field: NAME })')).toEqual(people);
    expect(await namesOf('members(last: 2, orderBy: { field: NAME })')).toEqual(people.slice(-2));
    const admins = mode.world.members.filter((row) => row.admin).map((row) => row.name);
    expect((await namesOf('members(first: 100, filter: { admin: true })')).sort()).toEqual(admins.sort());
    const sources = mode.world.dataSources.map((row) => row.name).sort(collator.compare);
    expect(await namesOf('dataSources(first: 100)')).toEqual(sources);
    expect(await namesOf(`dataSources(filter: { search: ${JSON.stringify(sources[0])} })`)).toContain(sources[0]);
    await mode.close();
  });
});
