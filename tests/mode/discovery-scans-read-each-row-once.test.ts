import { openDiscovery, type DiscoveryHouse } from '../catalog/discovery-house.ts';

const page = /page=(\d+)/;

describe('a scan of a list of 57 rows, ten a page', () => {
  let house: DiscoveryHouse;

  beforeEach(async () => {
    house = await openDiscovery({ simulator: { behaviour: { discoveryLatencyMs: 2_000 } } });
  });

  afterEach(() => house.mode.close());

  const tokens = async (known?: number): Promise<string[]> => {
    const { rows } = await house.scan('reports', known);
    return (rows ?? []).map((row) => ('token' in row ? String(row.token) : ''));
  };
  const pages = () => house.asked().map((path) => Number(page.exec(path)?.[1]));
  const truth = () => house.mode.world.reports.map((row) => row.token);

  /** So late that on a busy machine, too, the last is asked for before the first has come. */
  const answerLate = () => (house.mode.behaviour.discoveryLatencyMs = 60_000);

  it('asks for page 1 alone, and for all others together once it is known how many there are', async () => {
    answerLate();
    expect(await tokens()).toEqual(truth());
    expect(pages()[0]).toBe(1);
    expect(pages().sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(house.mode.ledger.entries.map((entry) => entry.concurrency)).toEqual([1, 1, 2, 3, 4, 5]);
  });

  it('asks for all pages together when last time told how many', async () => {
    answerLate();
    expect((await tokens(6)).sort()).toEqual(truth().sort());
    expect(pages().sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(house.mode.ledger.entries.map((entry) => entry.concurrency)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads the pages that have been added since, and no others', async () => {
    expect((await tokens(4)).sort()).toEqual(truth().sort());
    expect(pages().sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads no page of a shorter list twice, and remembers the shorter length', async () => {
    const { rows, pages: found } = await house.scan('reports', 8);
    expect(rows).toHaveLength(57);
    expect(found).toBe(6);
    expect(pages().sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('takes the counters for it, whatever the links say', async () => {
    house.mode.behaviour.discoveryEdgeLinks = 'absent';
    expect(await tokens()).toHaveLength(57);
    house.mode.faults.inject({
      match: 'reports',
      kind: 'mutate',
      mutate: (payload) => ({ ...(payload as object), _links: { next_page: { href: '/batch/acme/reports?page=99' } } }),
    });
    expect(await tokens()).toHaveLength(57);
    expect(Math.max(...pages())).toBe(6);
  });

  it('keeps once what comes on two pages', async () => {
    house.mode.behaviour.discoveryShuffle = 'rotate';
    expect((await tokens()).sort()).toEqual(truth().sort());
    expect(pages().length).toBe(new Set(pages()).size);
  });

  it('ends when no page is like the one before, after reading once more what it may have missed', async () => {
    house.mode.behaviour.discoveryShuffle = true;
    const found = await tokens();
    expect(new Set(found).size).toBe(found.length);
    expect(truth()).toEqual(expect.arrayContaining(found));
    expect(pages()).toHaveLength(12);
  });

  it('reads once more, and no further, a list whose count is larger than what it holds', async () => {
    house.mode.faults.inject({
      match: 'reports',
      kind: 'mutate',
      mutate: (payload) => {
        const body = payload as { pagination: object };
        return { ...body, pagination: { ...body.pagination, total_count: 100_000 } };
      },
    });
    expect(await tokens()).toHaveLength(57);
    expect(pages()).toHaveLength(12);
  });

  it('follows a list that grows while it is read', async () => {
    const grow = (to: number) => ({
      match: 'reports?page=1&',
      kind: 'mutate' as const,
      mutate: (payload: unknown) => {
        const body = payload as { pagination: object };
        return { ...body, pagination: { ...body.pagination, total_pages: to } };
      },
    });
    house.mode.faults.inject(grow(3));
    expect(await tokens()).toHaveLength(57);
    expect(pages().sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is content with a list that shrinks while it is read', async () => {
    const { world } = house.mode;
    house.mode.faults.inject({
      match: 'reports?page=1&',
      kind: 'mutate',
      mutate: (payload) => {
        // Twenty are deleted as soon as the first page is out.
        for (const report of world.reports.slice(30, 50)) world.removeReport(report.token);
        house.mode.rebuildDiscovery();
        return payload;
      },
    });
    expect((await tokens()).sort()).toEqual(truth().sort());
    expect(pages()).toHaveLength(6);
  });

  it('costs one call when the list turns out too long to be worth it', async () => {
    const seen: number[] = [];
    const accept = (count: number) => {
      seen.push(count);
      return false;
    };
    const { rows, pages: count } = await house.discovery.scan('reports', { accept }, house.context);
    expect([rows, count, seen, pages()]).toEqual([undefined, 6, [6], [1]]);
  });

  it('tells how far it is', async () => {
    const told: [number, number | null][] = [];
    await house.discovery.scan('reports', { onProgress: (rows, total) => told.push([rows, total]) }, house.context);
    expect(told[0]).toEqual([10, 57]);
    expect(told.at(-1)).toEqual([57, 57]);
    expect(told).toHaveLength(6);
  });

  it('reads an empty list with one call', async () => {
    for (const report of [...house.mode.world.reports]) house.mode.world.removeReport(report.token);
    house.mode.rebuildDiscovery();
    const result = await house.scan('reports');
    expect(result).toMatchObject({ rows: [], pages: 1 });
    expect(pages()).toEqual([1]);
  });
});
