import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDiscoveryClient, DISCOVERY_LISTS } from '../../src/mode/discovery-client.ts';
import { givenSignatureToken } from '../../src/mode/discovery/signature-token.ts';
import { openDiscovery, type DiscoveryHouse } from '../catalog/discovery-house.ts';

describe('a call to Discovery', () => {
  let house: DiscoveryHouse;
  let recorder: Server;
  const heard: IncomingMessage[] = [];

  beforeAll(async () => {
    recorder = createServer((request, response) => {
      heard.push(request);
      response.end(JSON.stringify({ pagination: { total_pages: 1, total_count: 0 }, reports: [] }));
    });
    await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
    const { port } = recorder.address() as AddressInfo;
    house = await openDiscovery({ http: { baseUrl: `http://127.0.0.1:${port}` } });
  });

  afterAll(async () => {
    await house.mode.close();
    recorder.closeAllConnections();
    await new Promise((resolve) => recorder.close(resolve));
  });

  it('carries the three parts of the signature token, in base64 on one line, and asks for JSON', async () => {
    heard.length = 0;
    const token = { token: 'aaaaaaaaaaaa', accessKey: 'k'.repeat(48), accessSecret: 's'.repeat(48) };
    const discovery = createDiscoveryClient({
      http: house.http,
      workspace: 'acme',
      tokens: givenSignatureToken(token),
      clock: house.clock,
    });
    await discovery.scan('reports', {}, {});
    const encoded = Buffer.from(`${token.token}:${token.accessKey}:${token.accessSecret}`).toString('base64');
    expect(heard.map(({ headers }) => [headers.authorization, headers.accept])).toEqual([
      [`Bearer ${encoded}`, 'application/json'],
    ]);
    expect(encoded).not.toContain('\n');
  });
});

describe('the lists of Discovery', () => {
  let house: DiscoveryHouse;

  beforeAll(async () => {
    house = await openDiscovery();
  });

  afterAll(() => house.mode.close());

  it('are asked for page by page, personal collections included where that can be said, and never with a page size', async () => {
    for (const name of DISCOVERY_LISTS) await house.scan(name);
    const first = house.asked().filter((path) => path.includes('?page=1') && !/page=1\d/.test(path));
    expect(first).toEqual([
      'spaces?page=1',
      'reports?page=1&include_spaces=all',
      'report_stats?page=1&include_spaces=all',
      'queries?page=1&include_spaces=all',
      'charts?page=1&include_spaces=all',
      'members?page=1',
    ]);
    const shape = /^(spaces|members)\?page=\d+$|^(reports|report_stats|queries|charts)\?page=\d+&include_spaces=all$/;
    expect(house.asked().filter((path) => !shape.test(path))).toEqual([]);
    expect(house.mode.ledger.duplicates()).toEqual(new Map());
  });

  it('hold every row that Mode has, as records that share one provenance', async () => {
    const { world } = house.mode;
    const before = house.clock.now();
    const reports = await house.scan('reports');
    const charts = await house.scan('charts');
    expect(new Set(reports.rows?.map((row) => 'token' in row && row.token))).toEqual(
      new Set(world.reports.map((row) => row.token)),
    );
    expect(charts.rows?.length).toBe(world.charts.filter((row) => world.queryByToken.has(row.queryToken)).length);
    expect(new Set(reports.rows?.map((row) => row.provenance)).size).toBe(1);
    expect(reports.asOf).toBeGreaterThanOrEqual(Math.floor(before));
    expect(reports.rows?.[0]?.provenance).toEqual({ source: 'DISCOVERY', asOf: reports.asOf });
  });

  it('keep the token of a collection that no list holds', async () => {
    const { rows } = await house.scan('reports');
    const listed = new Set((await house.scan('collections')).rows?.map((row) => 'token' in row && row.token));
    const known = new Set(house.mode.world.reports.map((report) => report.collectionToken));
    const dangling = rows?.flatMap((row) =>
      'collectionToken' in row && row.kind === 'Report' ? [row.collectionToken] : [],
    );
    expect(new Set(dangling)).toEqual(known);
    expect([...known].some((token) => !listed.has(token))).toBe(true);
  });

  it('read the same whichever way Mode writes ids, titles, view counts and the list of members', async () => {
    const { mode } = house;
    const read = async () => {
      const parts = [];
      for (const name of DISCOVERY_LISTS) {
        const { rows } = await house.scan(name);
        parts.push(rows?.map((row) => ({ ...row, provenance: null })));
      }
      return parts;
    };
    Object.assign(mode.behaviour, {
      ids: 'strings',
      discoveryChartTitles: 'plain',
      discoveryViewCount: 'view_count',
      discoveryMembersKey: 'members',
      discoveryEdgeLinks: 'clamped',
    });
    const plain = await read();
    Object.assign(mode.behaviour, {
      ids: 'numbers',
      discoveryChartTitles: 'encoded',
      discoveryViewCount: 'total_views_count',
      discoveryMembersKey: 'memberships',
      discoveryEdgeLinks: 'absent',
    });
    expect(await read()).toEqual(plain);
    expect(plain[2]?.some((row) => 'viewCount' in row && (row.viewCount ?? 0) > 0)).toBe(true);
  });
});
