import fc from 'fast-check';
import { MetRows } from '../../src/mode/discovery/met-rows.ts';
import { printOfPage } from '../../src/mode/discovery/page-print.ts';
import { catalogOver } from '../catalog/catalog-over.ts';
import { openDiscovery, type DiscoveryHouse } from '../catalog/discovery-house.ts';
import type { DiscoveryClient } from '../../src/mode/discovery-client.ts';

const anyRows = fc.array(fc.record({ token: fc.string({ maxLength: 4 }), name: fc.string() }), { maxLength: 4 });
const page = (pagination: object, rows: unknown): string => JSON.stringify({ pagination, reports: rows, _links: {} });

describe('the print of a page', () => {
  it('is the same for the same rows under other counters, and another for other rows', () => {
    fc.assert(
      fc.property(anyRows, anyRows, fc.nat(), fc.nat(), (rows, others, total, count) => {
        const print = printOfPage(page({ total_count: total }, rows));
        expect(print?.pagination).toEqual({ total_count: total });
        expect(printOfPage(page({ total_count: count, page: 7 }, rows))?.digest).toBe(print?.digest);
        const isSame = JSON.stringify(rows) === JSON.stringify(others);
        expect(printOfPage(page({ total_count: total }, others))?.digest === print?.digest).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none where the counters are not plain to see', () => {
    const rows = [{ name: 'a' }];
    expect(printOfPage(JSON.stringify({ reports: rows }))).toBeUndefined();
    expect(printOfPage(page({ total_count: 1 }, [{ name: 'pagination' }]))).toBeUndefined();
    expect(printOfPage(page({ total_count: 1 }, [{ pagination: {} }]))).toBeUndefined();
    expect(printOfPage(page({ total_count: { of: 1 } }, rows))).toBeUndefined();
    expect(printOfPage('{"pagination":{"total_count":},"reports":[]}')).toBeUndefined();
    expect(printOfPage('{"pagination":7,"reports":[]}')).toBeUndefined();
    expect(printOfPage('')).toBeUndefined();
  });

  it('does not take what a row says for counters', () => {
    const rows = [{ name: '"pagination":{"total_count":1}' }];
    expect(printOfPage(page({ total_count: 5 }, rows))?.pagination).toEqual({ total_count: 5 });
    const last = JSON.stringify({ reports: rows, pagination: { total_count: 5 } });
    expect(printOfPage(last)?.pagination).toEqual({ total_count: 5 });
  });
});

interface Row {
  readonly key: string;
  readonly told: number;
}

it('rows met on pages are kept as a map by their keys would keep them', () => {
  const anyPages = fc.array(
    fc.record({
      number: fc.integer({ min: 1, max: 8 }),
      keys: fc.array(fc.oneof(fc.nat({ max: 30 }).map(String), fc.string({ maxLength: 3 })), { maxLength: 10 }),
      expected: fc.constantFrom(0, 5, 100, 1e12),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(anyPages, (pages) => {
      const met = new MetRows<Row>(({ key }) => key);
      const byKey = new Map<string, Row>();
      const keysOf: string[][] = [];
      for (const [told, { number, keys, expected }] of pages.entries()) {
        const rows = keys.map((key) => ({ key, told }));
        met.meet(number, rows, expected);
        for (const row of rows) byKey.set(row.key, row);
        keysOf[number] = keys;
        expect(met.size).toBe(byKey.size);
      }
      const inOrder = new Set(keysOf.flatMap((keys) => keys));
      const expected = [...new Set([...inOrder, ...byKey.keys()])].map((key) => byKey.get(key));
      expect([...met.inOrder()]).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

it('rows met are as many as they are, however many there be', () => {
  const met = new MetRows<Row>(({ key }) => key);
  const rows = Array.from({ length: 20_000 }, (_, told) => ({ key: `row ${told}`, told }));
  for (let start = 0; start < rows.length; start += 700) met.meet(1 + start / 700, rows.slice(start, start + 700), 0);
  expect([...met.inOrder()]).toEqual(rows);
});

describe('a list that is read anew', () => {
  let house: DiscoveryHouse;
  let recalled: number[];

  /** The catalog over a client of whose recalling it is written down which pages were found. */
  const watching = (discovery: DiscoveryClient): DiscoveryClient => ({
    scan: (name, options, call) =>
      discovery.scan(
        name,
        {
          ...options,
          recall(number, digest) {
            const rows = options.recall?.(number, digest);
            if (rows) recalled.push(number);
            return rows;
          },
        },
        call,
      ),
  });

  beforeEach(async () => {
    house = await openDiscovery();
    recalled = [];
  });

  afterEach(() => house.mode.close());

  it('has the rows of all pages that did not change, and its new date', async () => {
    const catalog = catalogOver(house, { discovery: watching(house.discovery) });
    await catalog.refresh('queries', {});
    const before = catalog.peek('queries');
    expect(recalled).toEqual([]);
    await catalog.refresh('queries', {});
    expect(recalled.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const after = catalog.peek('queries');
    expect(after?.rows).toBe(before?.rows);
    expect(after?.asOf).toBeGreaterThan(before?.asOf ?? Infinity);
    expect(new Set(after?.rows.map(({ provenance }) => provenance.asOf))).toEqual(new Set([after?.asOf]));
  });

  it('is read where it did change, and is as one that is read afresh', async () => {
    const catalog = catalogOver(house, { discovery: watching(house.discovery) });
    await catalog.refresh('reports', {});
    const gone = [3, 56].map((at) => house.mode.world.reports[at]?.token ?? '');
    for (const token of gone) house.mode.world.removeReport(token);
    house.mode.rebuildDiscovery();
    for (let time = 0; time < 2; time++) {
      recalled = [];
      await catalog.refresh('reports', {});
      const fresh = catalogOver(house);
      await fresh.refresh('reports', {});
      const facts = (each: typeof catalog) =>
        each
          .peek('reports')
          ?.rows.map((row) => JSON.stringify({ ...row, provenance: null }))
          .sort();
      expect(facts(catalog)).toEqual(facts(fresh));
      expect(recalled.length).toBe(time === 0 ? 0 : 6);
    }
  });

  it('recalls nothing of a reading that failed', async () => {
    const catalog = catalogOver(house, { discovery: watching(house.discovery) });
    await catalog.refresh('reports', {});
    house.mode.faults.inject({ match: /\/reports\?page=3(&|$)/, kind: 'html200', times: 1 });
    await expect(catalog.refresh('reports', {})).rejects.toThrow();
    recalled = [];
    await catalog.refresh('reports', {});
    expect(recalled.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const { rows = [], asOf } = catalog.peek('reports') ?? {};
    expect(new Set(rows.map(({ provenance }) => provenance.asOf))).toEqual(new Set([asOf]));
  });
});
