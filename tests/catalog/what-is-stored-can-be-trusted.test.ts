import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOG_LISTS, type CatalogListName } from '../../src/catalog/catalog-lists.ts';
import { createFileStore } from '../../src/catalog/file-store.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { until } from '../mode/house.ts';
import { catalogOver, MINUTE } from './catalog-over.ts';
import { openDiscovery, type DiscoveryHouse } from './discovery-house.ts';
import { watchUnhandledRejections } from './unhandled-rejections.ts';

const DAY = 24 * 60 * MINUTE;
const OWNER = 'https://mode.test/acme';

let house: DiscoveryHouse;
let around: string;
let directory: string;
let warm: Catalog;
/** What a good life of the process left behind, by file name. */
const good = new Map<string, Buffer>();
const warnings: string[] = [];
const unhandled = watchUnhandledRejections();

const store = (owner = OWNER, at = directory) =>
  createFileStore({ directory: at, owner, warn: (message) => warnings.push(message) });
const files = async () => (await readdir(directory)).sort();
const fileOf = async (name: CatalogListName) =>
  join(directory, (await files()).find((file) => file.endsWith(`-${name}.catalog`)) ?? 'none');

beforeAll(async () => {
  house = await openDiscovery();
  around = await mkdtemp(join(tmpdir(), 'catalog-'));
  directory = join(around, 'made', 'here');
  warm = catalogOver(house, { store: store() });
  await warm.warm();
  const complete = async () => (await files()).filter((file) => file.endsWith('.catalog')).length;
  while ((await complete()) < CATALOG_LISTS.length) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const file of await files()) good.set(file, await readFile(join(directory, file)));
});

beforeEach(async () => {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const [file, bytes] of good) await writeFile(join(directory, file), bytes);
  warnings.length = 0;
  house.mode.ledger.clear();
});

afterAll(async () => {
  await house.mode.close();
  await rm(around, { recursive: true, force: true });
  unhandled.stop();
  expect(unhandled.seen).toEqual([]);
});

describe('a stored catalog', () => {
  it('comes back whole, provenance and dates and lengths, and costs no call', async () => {
    const catalog = catalogOver(house, { store: store() });
    await catalog.restore();
    for (const name of CATALOG_LISTS) {
      const [was, is] = [warm.peek(name), catalog.peek(name)];
      expect(is?.rows.map((row) => ({ ...row, provenance: null }))).toEqual(
        was?.rows.map((row) => ({ ...row, provenance: null })),
      );
      expect([is?.asOf, is?.pages, catalog.pages(name)]).toEqual([was?.asOf, was?.pages, was?.pages]);
      expect(is?.rows.every((row) => row.provenance === is.rows[0]?.provenance)).toBe(true);
      expect(is?.rows[0]?.provenance.asOf).toBe(was?.asOf);
      expect(is?.rows[0]?.provenance.source).toBe(was?.rows[0]?.provenance.source);
    }
    expect(house.mode.ledger.entries).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('does not push aside what was read in the meantime', async () => {
    const catalog = catalogOver(house, { store: { ...store(), save: () => Promise.resolve() } });
    await catalog.refresh('reports', {});
    const fresh = catalog.peek('reports');
    await catalog.restore();
    expect(catalog.peek('reports')).toBe(fresh);
  });

  it('is for this user’s eyes alone', async () => {
    await rm(join(around, 'made'), { recursive: true });
    await store().save({ name: 'people', asOf: 1, pages: 1, rows: [] });
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    const [file = 'none'] = await files();
    expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
  });

  it('holds no secret', () => {
    const { credentials, discovery } = house.mode;
    const all = Buffer.concat([...good.values()]).toString('utf8');
    const hidden = [credentials.admin.secret, credentials.admin.token, discovery.accessKey, discovery.accessSecret];
    expect(hidden.filter((secret) => all.includes(secret))).toEqual([]);
    expect(all).toContain(house.mode.world.reports[0]?.token);
  });

  it('is missed without a word when there never was one', async () => {
    expect(await store(OWNER, join(around, 'nowhere')).load('reports')).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('is one of two workspaces that share a folder', async () => {
    const other = store('https://mode.test/other');
    expect(await other.load('reports')).toBeUndefined();
    await other.save({ name: 'reports', asOf: 5, pages: 1, rows: [] });
    expect((await other.load('reports'))?.rows).toEqual([]);
    expect((await store().load('reports'))?.rows).toHaveLength(57);
    expect(warnings).toEqual([]);
  });
});

describe('a stored list that is not as it was written', () => {
  /** It is set aside with one word of warning, and the next reading stores it again. */
  const expectSetAside = async (name: CatalogListName = 'reports'): Promise<void> => {
    expect(await store().load(name)).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`The stored list of ${name} `);
    expect(await store().load(name)).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect((await files()).filter((file) => file.endsWith('.set-aside'))).toHaveLength(1);
    const snapshot = warm.peek(name);
    await store().save({ name, asOf: 7, pages: 2, rows: snapshot?.rows ?? [] });
    expect((await store().load(name))?.rows).toHaveLength(snapshot?.rows.length ?? -1);
    expect(warnings).toHaveLength(1);
  };

  it('is set aside when it ends early, wherever that is', async () => {
    const file = await fileOf('people');
    const bytes = good.get(file.slice(directory.length + 1)) ?? Buffer.alloc(0);
    const lengths = new Set([0, 1, 2, bytes.length - 1, bytes.indexOf('\n'), bytes.indexOf('\n') + 1]);
    for (let length = 0; length < bytes.length; length += 17) lengths.add(length);
    for (const length of lengths) {
      await writeFile(file, bytes.subarray(0, length));
      warnings.length = 0;
      expect([length, await store().load('people'), warnings.length]).toEqual([length, undefined, 1]);
    }
    await writeFile(file, bytes.subarray(0, bytes.length >> 1));
    warnings.length = 0;
    await expectSetAside('people');
  });

  it('is set aside when one bit of it is another, header included', async () => {
    const file = await fileOf('people');
    const bytes = good.get(file.slice(directory.length + 1)) ?? Buffer.alloc(0);
    const header = bytes.indexOf('\n');
    const places = Array.from({ length: header + 1 }, (_, place) => place);
    for (let place = header + 1; place < bytes.length; place += 41) places.push(place);
    const trusted: string[] = [];
    for (const place of places) {
      for (const bit of place <= header ? [0, 1, 2, 3, 4, 5, 6, 7] : [place % 8]) {
        const spoilt = Buffer.from(bytes);
        spoilt.writeUInt8((bytes[place] ?? 0) ^ (1 << bit), place);
        await writeFile(file, spoilt);
        if (await store().load('people')) trusted.push(`bit ${bit} of ${place}`);
      }
    }
    expect(trusted).toEqual([]);
  });

  const spoilt: [string, (bytes: Buffer) => Buffer | string][] = [
    ['empty', () => ''],
    ['a blank line', () => '\n'],
    ['binary garbage', () => Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 256))],
    ['JSON of another kind', () => '{"hello": "world"}\n[]'],
    ['of another version', (bytes) => bytes.toString('utf8').replace('"version":3', '"version":2')],
    ['longer than it was', (bytes) => Buffer.concat([bytes, Buffer.from('[]')])],
    ['a number', () => '1\n1'],
    ['null', () => 'null\nnull'],
  ];

  it.each(spoilt)('is set aside when it is %s', async (_, spoil) => {
    const file = await fileOf('reports');
    await writeFile(file, spoil(await readFile(file)));
    await expectSetAside();
  });

  it('is set aside when it is another list’s, or another workspace’s', async () => {
    await writeFile(await fileOf('reports'), await readFile(await fileOf('queries')));
    await expectSetAside();
    await rm(directory, { recursive: true });
    await store('https://mode.test/other').save({ name: 'charts', asOf: 5, pages: 1, rows: [] });
    const foreign = await readFile(await fileOf('charts'));
    await store().save({ name: 'charts', asOf: 5, pages: 1, rows: [] });
    for (const file of await files()) await writeFile(join(directory, file), foreign);
    warnings.length = 0;
    await expectSetAside('charts');
  });

  it('is set aside when it cannot be read', async () => {
    const file = await fileOf('reports');
    await rm(file);
    await mkdir(file);
    await expectSetAside();
    // For root every file can be read.
    if (process.getuid?.() === 0) return;
    await chmod(await fileOf('queries'), 0);
    warnings.length = 0;
    await rm(`${file}.set-aside`, { recursive: true });
    await expectSetAside('queries');
  });

  it('costs a catalog that one list, and no more', async () => {
    const file = await fileOf('reports');
    await writeFile(file, 'spoilt');
    // Accelerated time has gone by since the others were read, more of it on a busy machine.
    const catalog = catalogOver(house, { store: store(), maxAgeMs: 365 * DAY });
    await catalog.restore();
    expect(catalog.status().flatMap((list) => (list.asOf === null ? [list.name] : []))).toEqual(['reports']);
    await catalog.warm();
    expect(new Set(house.asked().map((path) => path.split('?')[0]))).toEqual(new Set(['reports']));
    await until(() => !catalog.status().some((list) => list.reading !== null));
    let again = await store().load('reports');
    while (!again) again = await store().load('reports');
    expect(again.rows).toHaveLength(57);
  });
});

describe('a stored list that was read again and had not changed', () => {
  const contents = async (name: CatalogListName) => readFile(await fileOf(name));
  const confirmation = async () =>
    join(directory, (await files()).find((file) => file.endsWith('-queries.confirmed')) ?? 'none');

  it('is confirmed and not written again, by who read it from the store too, and comes back with its new date', async () => {
    const saving = store();
    const { rows = [] } = (await saving.load('queries')) ?? {};
    const before = await contents('queries');
    const { ino } = await stat(await fileOf('queries'));
    await saving.save({ name: 'queries', asOf: Date.now() + DAY, pages: 9, rows });
    expect((await stat(await fileOf('queries'))).ino).toBe(ino);
    expect(await contents('queries')).toEqual(before);
    expect((await stat(await confirmation())).mode & 0o777).toBe(0o600);

    await saving.save({ name: 'queries', asOf: Date.now() + 2 * DAY, pages: 8, rows });
    const again = await store().load('queries');
    expect(again?.rows.map((row) => ({ ...row, sql: row.sql, provenance: null }))).toEqual(
      rows.map((row) => ({ ...row, sql: row.sql, provenance: null })),
    );
    expect(again?.pages).toBe(8);
    expect(again?.asOf).toBeGreaterThan(Date.now() + DAY);
    expect(new Set(again?.rows.map(({ provenance }) => provenance.asOf))).toEqual(new Set([again?.asOf]));
    expect(warnings).toEqual([]);
  });

  it('is written whole when its file is gone, or another one', async () => {
    const saving = store();
    const { rows = [] } = (await saving.load('queries')) ?? {};
    await rm(await fileOf('queries'));
    await saving.save({ name: 'queries', asOf: 5, pages: 1, rows });
    expect((await store().load('queries'))?.asOf).toBe(5);
    await store().save({ name: 'queries', asOf: 6, pages: 1, rows: [] });
    await saving.save({ name: 'queries', asOf: 7, pages: 1, rows });
    const again = await store().load('queries');
    expect([again?.asOf, again?.rows.length]).toEqual([7, rows.length]);
    expect(await files()).toEqual([...good.keys()].sort());
  });

  it('has its own date when the confirmation is damaged, older, or of the file before', async () => {
    const saving = store();
    const list = await saving.load('queries');
    const { rows = [], asOf = 0 } = list ?? {};
    await saving.save({ name: 'queries', asOf: asOf + 1, pages: 1, rows });
    const good = await readFile(await confirmation());
    const dates: number[] = [];
    for (let place = 0; place < good.length; place++) {
      const spoilt = Buffer.from(good);
      spoilt.writeUInt8((good[place] ?? 0) ^ (1 << (place % 8)), place);
      await writeFile(await confirmation(), place % 2 === 0 ? spoilt : good.subarray(0, place));
      dates.push((await store().load('queries'))?.asOf ?? 0);
    }
    expect(new Set(dates)).toEqual(new Set([asOf]));
    await writeFile(await confirmation(), good);
    expect((await store().load('queries'))?.asOf).toBe(asOf + 1);
    await store().save({ name: 'queries', asOf: asOf - 5, pages: 1, rows: rows.slice(1) });
    expect((await store().load('queries'))?.asOf).toBe(asOf - 5);
    expect(warnings).toEqual([]);
  });

  it('costs no more than that, as the catalog reads it anew', async () => {
    const catalog = catalogOver(house, { store: store() });
    await catalog.restore();
    const before = await contents('queries');
    await catalog.refresh('queries', {});
    await catalog.dispose();
    expect(await contents('queries')).toEqual(before);
    const again = await store().load('queries');
    expect(again?.asOf).toBe(catalog.peek('queries')?.asOf);
    expect(again?.rows).toHaveLength(catalog.peek('queries')?.rows.length ?? -1);
  });
});

describe('storing', () => {
  it('never fails anybody where there is no place, and says so once for each list', async () => {
    await writeFile(join(around, 'file'), '');
    const nowhere = store(OWNER, join(around, 'file', 'below'));
    const catalog = catalogOver(house, { store: nowhere });
    await catalog.restore();
    for (let time = 0; time < 3; time++) await catalog.refresh('reports', {});
    await until(() => warnings.length > 0);
    for (let time = 0; time < 3; time++) await nowhere.save({ name: 'reports', asOf: 1, pages: 1, rows: [] });
    await nowhere.save({ name: 'people', asOf: 1, pages: 1, rows: [] });
    expect(warnings).toHaveLength(2);
    expect(catalog.peek('reports')?.rows).toHaveLength(57);
  });

  it('leaves one whole file however many store at once, and no drafts', async () => {
    const stores = [store(), store(), store()];
    const rows = warm.peek('reports')?.rows ?? [];
    const saves = stores.flatMap((each) =>
      Array.from({ length: 10 }, (_, asOf) => each.save({ name: 'reports', asOf, pages: 1, rows })),
    );
    await Promise.all(saves);
    const stored = await store().load('reports');
    expect(stored?.rows).toHaveLength(57);
    expect(await files()).toEqual([...good.keys()].sort());
    expect(warnings).toEqual([]);
  });

  it('can be read at any moment while another stores', async () => {
    const rows = warm.peek('queries')?.rows ?? [];
    const state = { over: false };
    const writing = (async () => {
      for (let asOf = 1; asOf <= 40; asOf++) await store().save({ name: 'queries', asOf, pages: 1, rows });
      state.over = true;
    })();
    while (!state.over) expect((await store().load('queries'))?.rows).toHaveLength(rows.length);
    await writing;
    expect(warnings).toEqual([]);
  });
});
