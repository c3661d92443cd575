import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { writeFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { CATALOG_LISTS } from '../../../src/catalog/catalog-lists.ts';
import { guises } from '../../support/secret-watch.ts';
import { describeWithRedis } from '../../support/redis-server.ts';
import { MINUTE } from '../catalog-over.ts';
import { watchUnhandledRejections } from '../unhandled-rejections.ts';
import { OWNER, SharedReplicas, type CatalogReplica } from './shared-replicas.ts';

describeWithRedis('a list in Redis', () => {
  let all: SharedReplicas;
  let first: CatalogReplica;
  const unhandled = watchUnhandledRejections();

  beforeEach(async () => {
    all = await SharedReplicas.open();
    first = all.replica();
    await Promise.all((['reports', 'people'] as const).map((name) => first.catalog.refresh(name, {})));
    await all.published(['reports', 'people']);
    all.house.mode.ledger.clear();
  });

  afterEach(async () => {
    await all.close();
    expect(unhandled.seen).toEqual([]);
  });

  afterAll(() => unhandled.stop());

  const headerOf = async (redis: Redis): Promise<{ readonly id: string; readonly asOf: number }> =>
    JSON.parse((await redis.get(await all.key('reports', 'header'))) ?? '{}') as { id: string; asOf: number };
  const setHeader = (facts: object): Promise<unknown> =>
    all.redis.use(async (redis) =>
      redis.set(
        await all.key('reports', 'header'),
        JSON.stringify({ ...(await headerOf(redis)), ...facts }),
        'KEEPTTL',
      ),
    );
  const spoilPiece = (spoil: (piece: Buffer) => Buffer | undefined): Promise<unknown> =>
    all.redis.use(async (redis) => {
      const key = await all.key('reports', (await headerOf(redis)).id);
      const spoilt = spoil((await redis.hgetBuffer(key, '0')) ?? Buffer.alloc(0));
      return spoilt ? redis.hset(key, '0', spoilt) : redis.hdel(key, '0');
    });

  const change = (): void => {
    const [row] = all.house.mode.world.reports;
    if (row) row.name = `${row.name}, revised`;
    all.house.mode.rebuildDiscovery();
  };

  /** It is not taken up; the list is read from Mode, and what came is believed. */
  const expectDistrust = async (warnings: number): Promise<void> => {
    const second = all.replica();
    await second.catalog.restore();
    expect(second.catalog.peek('reports')).toBeUndefined();
    expect(second.catalog.peek('people')?.rows).toHaveLength(first.catalog.peek('people')?.rows.length ?? -1);
    expect(await second.catalog.refresh('reports', {})).toBe(true);
    expect(all.house.asked()).toHaveLength(6);
    expect(second.warnings).toEqual(
      Array.from(
        { length: warnings },
        () => expect.stringMatching(/^The list of reports in Redis .*read anew\.$/) as unknown,
      ),
    );
    const third = all.replica();
    await all.published(['reports']);
    // What was published since is whole.
    while (third.catalog.peek('reports')?.asOf !== second.catalog.peek('reports')?.asOf) {
      await third.catalog.refresh('reports', {});
    }
    expect(third.catalog.takenOver('reports')).toBe(1);
    expect(all.house.asked()).toHaveLength(6);
  };

  it.each<[string, (piece: Buffer) => Buffer | undefined]>([
    ['missing', () => undefined],
    ['empty', () => Buffer.alloc(0)],
    ['cut', (piece) => piece.subarray(0, piece.length >> 1)],
    ['garbage', () => Buffer.from('garbage')],
    ['another bit', (piece) => Buffer.from(piece.map((byte, at) => (at === piece.length >> 1 ? byte ^ 4 : byte)))],
  ])('is not believed with a piece that is %s', async (_, spoil) => {
    await spoilPiece(spoil);
    await expectDistrust(1);
  });

  it('is not believed with a piece that is another list’s', async () => {
    const people = await all.redis.use(async (redis) => {
      const { id } = JSON.parse((await redis.get(await all.key('people', 'header'))) ?? '{}') as { id: string };
      return redis.hgetBuffer(await all.key('people', id), '0');
    });
    await spoilPiece(() => people ?? undefined);
    await expectDistrust(1);
  });

  it.each<[string, object, number]>([
    ['of another format', { format: 2 }, 0],
    ['with a date that is none', { asOf: 'today' }, 0],
    ['with more pieces than there are', { pieces: 3 }, 1],
    ['with fewer pieces', { pieces: 0 }, 0],
    ['with more calls than it took', { pages: 77 }, 1],
    ['with an id that leads elsewhere', { id: '../../people' }, 0],
    ['that was read in the future', { asOf: Date.UTC(2100, 0) }, 0],
  ])('is not believed with a header %s', async (_, facts, warnings) => {
    await setHeader(facts);
    await expectDistrust(warnings);
  });

  it.each([['a list'], ['a text']])('is as if it were not there where %s of somebody else stands', async (kind) => {
    await all.redis.use(async (redis) => {
      const header = await all.key('reports', 'header');
      await redis.del(header);
      await (kind === 'a text' ? redis.set(header, 'hello', 'PX', 100_000) : redis.lpush(header, 'hello'));
    });
    const second = all.replica();
    await second.catalog.restore();
    expect(await second.catalog.refresh('reports', {})).toBe(true);
    expect(all.house.asked()).toHaveLength(6);
  });

  it('is not another credential’s', async () => {
    const other = all.replica({ owner: 'https://mode.test/acme#another-key' });
    await other.catalog.restore();
    expect(other.catalog.peek('reports')).toBeUndefined();
    await other.catalog.refresh('reports', {});
    expect(all.house.asked()).toHaveLength(6);
    // Nor does one of theirs take its place.
    const again = all.replica();
    await again.catalog.restore();
    expect(again.catalog.peek('reports')?.asOf).toBe(first.catalog.peek('reports')?.asOf);
  });

  it('is not another credential’s either where its pieces were copied', async () => {
    const owner = 'https://mode.test/acme#another-key';
    const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
    await all.redis.use(async (redis) => {
      for (const key of await redis.keys('*:reports:*')) await redis.copy(key, key.replace(hash(OWNER), hash(owner)));
    });
    const other = all.replica({ owner });
    await other.catalog.restore();
    expect(other.catalog.peek('reports')).toBeUndefined();
    expect(other.warnings).toEqual([expect.stringContaining('belongs to another workspace')]);
  });

  it('never takes the place of a newer one', async () => {
    const newer = first.catalog.peek('reports');
    const older = { name: 'reports', asOf: (newer?.asOf ?? 0) - MINUTE, pages: 6, rows: [] } as const;
    await first.shared.store.save(older);
    await first.shared.store.save({ ...older, asOf: newer?.asOf ?? 0 });
    const second = all.replica();
    await second.catalog.restore();
    expect(second.catalog.peek('reports')?.rows).toHaveLength(57);
    const pieces = (await all.keys()).filter((key) => key.includes(':reports:') && !key.endsWith(':header'));
    expect(pieces).toHaveLength(1);
  });

  it('ends by itself, all of it, and sooner when it was replaced', async () => {
    const before = await all.redis.use(async (redis) => all.key('reports', (await headerOf(redis)).id));
    change();
    await first.catalog.refresh('reports', { live: true }, { maxAgeMs: 0 });
    await all.published(['reports']);
    while ((await all.redis.use((redis) => redis.pttl(before))) > 120_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const ends = await all.redis.use((redis) =>
      redis.keys('*').then((keys) => Promise.all(keys.map((key) => redis.pttl(key)))),
    );
    expect(ends.filter((ms) => ms <= 0)).toEqual([]);
    expect(Math.max(...ends)).toBeLessThanOrEqual(7 * 24 * 60 * MINUTE);
  });

  it('is one version alone in the end, when two have read it at the same time', async () => {
    change();
    const second = all.replica();
    await second.catalog.restore();
    const live = [first, second].map(({ catalog }) => catalog.refresh('reports', { live: true }, { maxAgeMs: 0 }));
    await Promise.all(live);
    await Promise.all([first, second].map((replica) => replica.dispose()));
    const [header, lasting] = await all.redis.use(async (redis) => {
      const versions = (await redis.keys('*')).filter((key) => /:reports:[\da-f-]{36}$/.test(key));
      const ends = await Promise.all(versions.map((key) => redis.pttl(key)));
      return [await headerOf(redis), versions.filter((_, at) => (ends[at] ?? 0) > 120_000)];
    });
    expect(lasting.map((key) => key.split(':').at(-1))).toEqual([header.id]);
  });

  it('is confirmed, and not sent again, when it is read again and found as it lies there', async () => {
    const before = await all.redis.use(headerOf);
    await first.catalog.refresh('reports', { live: true }, { maxAgeMs: 0 });
    await all.published(['reports']);
    const after = await all.redis.use(headerOf);
    expect(after).toEqual({ ...before, asOf: first.catalog.peek('reports')?.asOf });
    expect(after.asOf).toBeGreaterThan(before.asOf);

    // One that has nothing takes it up with its new date, in the list and in each row.
    all.house.mode.ledger.clear();
    const second = all.replica();
    await second.catalog.restore();
    const taken = second.catalog.peek('reports');
    expect([taken?.asOf, taken?.rows.length]).toEqual([after.asOf, 57]);
    expect(taken?.rows.every(({ provenance }) => provenance.asOf === after.asOf)).toBe(true);
    // One that holds it learns the date alone: its rows stay the same objects.
    await first.catalog.refresh('reports', { live: true }, { maxAgeMs: 0 });
    await all.published(['reports']);
    all.house.mode.ledger.clear();
    all.house.clock.skip(60_000);
    await second.catalog.refresh('reports', {});
    const again = second.catalog.peek('reports');
    expect(all.house.asked()).toEqual([]);
    expect(again?.rows).toBe(taken?.rows);
    expect(again?.asOf).toBe((await all.redis.use(headerOf)).asOf);
    expect(again?.rows[0]?.provenance.asOf).toBe(again?.asOf);
  });

  it('holds what the files hold, and no secret', async () => {
    const texts = await all.redis.use(async (redis) => {
      const keys = await redis.keys('*');
      const hashes = keys.filter((key) => /:[\da-f-]{36}$/.test(key));
      const pieces = await Promise.all(hashes.map((key) => redis.hgetallBuffer(key)));
      const headers = await Promise.all(keys.filter((key) => key.endsWith('header')).map((key) => redis.get(key)));
      return [
        ...keys,
        ...headers.map((header) => header ?? ''),
        ...pieces.flatMap((piece) => Object.values(piece).map((bytes) => inflateSync(bytes).toString('utf8'))),
      ].join('\n');
    });
    expect(texts).toContain(all.house.mode.world.reports[0]?.token);
    const { credentials, discovery } = all.house.mode;
    const secrets = [credentials.admin.token, credentials.admin.secret, discovery.accessKey, discovery.accessSecret];
    for (const form of [...secrets, discovery.token, OWNER].flatMap(guises)) expect(texts).not.toContain(form);
  });

  it('gives way to a file that is newer, and is replaced by it', async () => {
    const directory = await all.folder();
    const old = await all.redis.use(headerOf);
    const other = all.replica({ directory });
    await other.catalog.restore();
    await other.catalog.refresh('reports', { live: true }, { maxAgeMs: 0 });
    await other.dispose();
    // As if Redis had been restored from yesterday, or emptied.
    await all.redis.use((redis) => redis.flushall());
    all.house.mode.ledger.clear();
    const third = all.replica({ directory });
    await third.catalog.restore();
    expect(third.catalog.peek('reports')?.asOf).toBe(other.catalog.peek('reports')?.asOf);
    expect(third.catalog.peek('reports')?.asOf).toBeGreaterThan(old.asOf);
    await all.published(['reports', 'people']);
    const fourth = all.replica();
    await fourth.catalog.restore();
    expect(fourth.catalog.peek('reports')?.asOf).toBe(other.catalog.peek('reports')?.asOf);
    expect(all.house.asked()).toEqual([]);
  });

  it('is written into a folder that lacks it, and stands in for a file that is damaged', async () => {
    const directory = await all.folder();
    const second = all.replica({ directory });
    await second.catalog.restore();
    await second.dispose();
    const files = await readdir(directory);
    expect(files.filter((name) => name.endsWith('-reports.catalog'))).toHaveLength(1);
    for (const file of files) await writeFile(join(directory, file), 'garbage');
    const third = all.replica({ directory });
    await third.catalog.restore();
    expect(third.catalog.peek('reports')?.rows).toHaveLength(57);
    expect(CATALOG_LISTS.filter((name) => third.catalog.peek(name))).toEqual(['people', 'reports']);
  });
});
