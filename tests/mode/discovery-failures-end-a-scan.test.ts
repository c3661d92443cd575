import { DISCOVERY_LISTS } from '../../src/mode/discovery-client.ts';
import { openDiscovery, type DiscoveryHouse } from '../catalog/discovery-house.ts';
import { failure, until } from './house.ts';

const KEYS = {
  collections: 'spaces',
  reports: 'reports',
  stats: 'report_stats',
  queries: 'queries',
  charts: 'charts',
  members: 'members',
} as const;

describe('a scan that fails', () => {
  let house: DiscoveryHouse;

  beforeEach(async () => {
    house = await openDiscovery({ throttle: { concurrency: 2 } });
  });

  afterEach(() => house.mode.close());

  const settled = (): boolean => house.throttle.state().running === 0 && house.throttle.state().queued === 0;

  it('sends none of the pages that are still queued', async () => {
    house.mode.behaviour.discoveryLatencyMs = 1_000;
    house.mode.faults.inject({ match: 'page=2&', kind: 'status403' });
    expect(await failure(house.scan('reports', 6))).toMatchObject({
      code: 'UPSTREAM_FORBIDDEN',
      subject: { api: 'DISCOVERY', endpoint: '/batch/{workspace}/reports' },
    });
    await until(settled);
    expect(house.asked().length).toBeLessThanOrEqual(3);
  });

  it('stops at once when its caller leaves', async () => {
    house.mode.behaviour.discoveryLatencyMs = 60_000;
    const controller = new AbortController();
    const scan = failure(house.discovery.scan('reports', { knownPages: 6 }, { signal: controller.signal }));
    await until(() => house.asked().length === 2);
    controller.abort(new Error('gone home'));
    expect(await scan).toMatchObject({ message: 'gone home' });
    await until(settled);
    expect(house.asked()).toHaveLength(2);
  });

  it('makes no call for a caller who has left already', async () => {
    const error = await failure(house.discovery.scan('reports', {}, { signal: AbortSignal.abort(new Error('gone')) }));
    expect(error).toMatchObject({ message: 'gone' });
    expect(house.asked()).toEqual([]);
  });

  it('retries a page that may come the next time', async () => {
    house.mode.faults.inject({ match: 'page=3&', kind: 'html502', times: 1 });
    house.mode.faults.inject({ match: 'page=4&', kind: 'truncated', times: 1 });
    expect((await house.scan('reports')).rows).toHaveLength(57);
    expect(house.asked()).toHaveLength(8);
  });

  it.each(DISCOVERY_LISTS)(
    'names the endpoint and the field when a row of %s is not what it should be',
    async (name) => {
      const key = KEYS[name];
      const bad = { token: 7, report_token: 7, member_username: 7 };
      house.mode.faults.inject({
        match: `/batch/acme/${key}`,
        kind: 'mutate',
        mutate: (payload) => ({ ...(payload as object), [key]: [bad] }),
      });
      const error = await failure(house.scan(name));
      expect(error).toMatchObject({
        code: 'UPSTREAM_INVALID_RESPONSE',
        subject: { endpoint: `/batch/{workspace}/${key}` },
      });
      expect((error as { field?: string }).field).toMatch(
        new RegExp(`^${key}\\.0\\.(token|report_token|member_username)$`),
      );
    },
  );

  const broken: [string, (body: Record<string, unknown>) => unknown, string][] = [
    ['holds no rows', ({ reports: _, ...rest }) => rest, 'reports'],
    ['holds nothing where the rows should be', (body) => ({ ...body, reports: null }), 'reports'],
    ['holds an object where the rows should be', (body) => ({ ...body, reports: {} }), 'reports'],
    ['holds the rows of another list', ({ reports, ...rest }) => ({ ...rest, queries: reports }), 'reports'],
    ['does not count its pages', ({ pagination: _, ...rest }) => rest, 'pagination'],
    [
      'counts neither pages nor rows',
      (body) => ({ ...body, pagination: { total_pages: null } }),
      'pagination.total_pages',
    ],
    ['counts a part of a page', (body) => ({ ...body, pagination: { total_pages: 1.5 } }), 'pagination.total_pages'],
    ['is an array', () => [], ''],
    ['is null', () => null, ''],
    ['is empty', () => ({}), 'pagination'],
  ];

  it.each(broken)('takes a 200 that %s for an error, not for an empty list', async (_, spoil, field) => {
    house.mode.faults.inject({
      match: 'reports?page=1&',
      kind: 'mutate',
      mutate: (payload) => spoil(payload as Record<string, unknown>),
    });
    expect(await failure(house.scan('reports'))).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', field });
    expect(house.asked()).toHaveLength(1);
  });
});

describe('a list that counts its rows and not its pages', () => {
  it('is read to its end all the same', async () => {
    const house = await openDiscovery();
    house.mode.faults.inject({
      match: '/batch/acme/reports',
      kind: 'mutate',
      mutate: (payload) => {
        const { pagination, ...rest } = payload as { pagination: { total_count: number } };
        return { ...rest, pagination: { total_count: pagination.total_count } };
      },
    });
    expect((await house.scan('reports')).rows).toHaveLength(57);
    await house.mode.close();
  });
});

describe('a counter gone mad', () => {
  it('spends no calls on its word', async () => {
    const house = await openDiscovery();
    house.mode.faults.inject({
      match: '/batch/acme/reports',
      kind: 'mutate',
      mutate: (payload) => {
        const { pagination, ...rest } = payload as { pagination: object };
        return { ...rest, pagination: { ...pagination, total_pages: 10_000_000 } };
      },
    });
    expect((await house.scan('reports')).rows).toHaveLength(57);
    expect(house.asked().length).toBeLessThan(20);
    await house.mode.close();
  });
});
