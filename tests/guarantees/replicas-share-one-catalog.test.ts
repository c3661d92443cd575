/** Gateways with one API key and one Redis: each scan is made once for all of them. Real sockets, real Redis, real processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { CATALOG_LISTS, REFERENCES } from '../../src/catalog/catalog-lists.ts';
import type { Gateway } from '../../src/gateway.ts';
import { secretsIn } from '../../src/config/secrets.ts';
import { canonicalQuestions } from '../support/canonical-questions.ts';
import { run } from '../support/command.ts';
import { ask, askAt, envFor, envWithDiscovery, post, until, type Env } from '../support/gateway.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { startHeldMode, type HeldMode } from '../support/held-mode.ts';
import { describeWithRedis, RedisServer } from '../support/redis-server.ts';
import { credentialsIn, guises } from '../support/secret-watch.ts';
import { SeveralGateways } from '../support/several-gateways.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';

const MINUTE = 60_000;

describeWithRedis('gateways that share a Redis', () => {
  let mode: HeldMode;
  let redis: RedisServer;
  let gateways: SeveralGateways;
  let clock: ShiftedClock;
  const folders: string[] = [];

  beforeEach(async () => {
    [mode, redis] = await Promise.all([startHeldMode(), RedisServer.start()]);
    gateways = new SeveralGateways();
    clock = new ShiftedClock();
  });

  afterEach(async () => {
    mode.release();
    await gateways.dispose();
    await mode.close();
    await redis.stop();
    const options = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 };
    await Promise.all(folders.splice(0).map((folder) => rm(folder, options)));
  });

  const env = (more: Env = {}): Env => ({ ...envWithDiscovery(mode), REDIS_URL: redis.url, ...more });
  const folder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), 'catalog-'));
    folders.push(made);
    return made;
  };
  const keys = async () => (await redis.use((client) => client.keys('*'))).filter((key) => key.includes('{catalog:'));
  /** Everything that is read is in Redis, and nobody reads. */
  const published = async (lists = CATALOG_LISTS.length): Promise<void> => {
    for (;;) {
      const all = await keys();
      const headers = all.filter((key) => key.endsWith(':header'));
      if (headers.length === lists && !all.some((key) => key.endsWith(':lease'))) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const readAll = async (): Promise<Gateway> => {
    const gateway = gateways.over(env(), { clock });
    await gateway.start();
    await gateway.catalog.warm();
    await published();
    mode.ledger.clear();
    return gateway;
  };
  /** Each has agreed to go by half of the limit, should it be cut off. */
  const untilTwoAreCounted = async (): Promise<void> => {
    for (;;) {
      const isAgreed = await redis.use(async (client) => {
        const states = await Promise.all((await client.keys('*:state')).map((key) => client.hgetall(key)));
        const shares = states.flatMap((state) => Object.entries(state).filter(([field]) => field.startsWith('n:')));
        return shares.length === 2 && shares.every(([, share]) => Number(share) === 2);
      });
      if (isAgreed) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const scans = () => mode.ledger.calls({ api: 'DISCOVERY' }).map(({ path }) => path.replace(/\?.*/, ''));

  it('start with an empty folder and answer whatever lists hold, without a call to Mode', async () => {
    await readAll();
    const second = gateways.over(env({ CATALOG_DIR: await folder(), CATALOG_WARM: 'on' }), { clock });
    await second.start();
    for (const { query, truth } of canonicalQuestions(mode.world)) {
      const answer = await ask(second, query);
      expect(answer.data).toEqual(truth({ personal: true }));
      expect(answer.extensions?.upstream).toMatchObject({ calls: { rest: 0, discovery: 0 } });
    }
    expect(mode.ledger.entries).toEqual([]);
  });

  it('read a list that has grown old once, whoever is asked, and all serve what was found', async () => {
    const first = await readAll();
    const others = [1, 2].map(() => gateways.over(env(), { clock }));
    await Promise.all(others.map((gateway) => gateway.start()));
    const all = [first, ...others];
    clock.skip(16 * MINUTE);
    mode.world.removeReport(mode.world.reports[0]?.token ?? '');
    mode.rebuildDiscovery();
    const question = '{ workspace { reports { totalCount } } }';

    const before = await Promise.all(all.map((gateway) => ask(gateway, question)));
    await until(() => all.every(({ catalog }) => catalog.readingFor('reports') === undefined));
    const after = await Promise.all(all.map((gateway) => ask(gateway, question)));

    const told = (answers: typeof after) => answers.map(({ data }) => data);
    const total = mode.world.reports.length;
    expect(told(before)).toEqual(all.map(() => ({ workspace: { reports: { totalCount: total + 1 } } })));
    expect(told(after)).toEqual(all.map(() => ({ workspace: { reports: { totalCount: total } } })));
    expect(scans()).toEqual(['/batch/acme/reports']);
    const metrics = await Promise.all(all.map(async ({ yoga }) => (await yoga.fetch('http://gateway/metrics')).text()));
    const takenOver = metrics.map((text) =>
      Number(/^mode_graphql_catalog_lists_taken_over_total\{list="reports"\} (\d+)/m.exec(text)?.[1]),
    );
    expect(takenOver.sort()).toEqual([0, 1, 1]);
  });

  it('go on where one of them was killed in the middle of a reading', async () => {
    mode.hold('/batch/acme/reports');
    const killed = await startGatewayProcess(env({ CATALOG_WARM: 'on' }));
    await until(() => scans().includes('/batch/acme/reports'));
    // While the first still lives, so that it has room for two in the limit: what a killed gateway may call, nobody else may
    // for a minute.
    const second = gateways.over(env({ OPERATION_TIMEOUT: '100s' }));
    await second.start();
    await untilTwoAreCounted();
    killed.command.signal('SIGKILL');
    await killed.command.exit;
    expect((await keys()).filter((key) => key.endsWith(':reports:lease'))).toHaveLength(1);
    mode.release();
    mode.ledger.clear();

    const answer = await ask(second, '{ workspace { reports { totalCount } } }');

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ workspace: { reports: { totalCount: mode.world.reports.length } } });
    expect(scans()).toEqual(['/batch/acme/reports']);
  });

  it('have each other hurry: a person at one of them does not wait behind what another reads for nobody', async () => {
    const first = gateways.over(env());
    const second = gateways.over(env());
    await Promise.all([first.start(), second.start()]);
    mode.hold('/batch/acme/reports');
    const reading = first.catalog.refresh('reports', { priority: 'background' });
    await until(() => mode.held === 1);
    const asked = second.catalog.refresh('reports', {});
    await until(() => first.catalog.readingFor('reports') === 'person');
    mode.release();
    expect(await Promise.all([reading, asked])).toEqual([true, true]);
    expect(scans()).toEqual(['/batch/acme/reports']);
  });

  it('answer all the same when Redis is killed, each from what it holds, and what it does not hold from Mode', async () => {
    const first = await readAll();
    const [told, toldOther] = [[] as string[], [] as string[]];
    const second = gateways.over(env(), { clock, warn: (message) => told.push(message) });
    await second.start();
    await redis.kill();
    const empty = gateways.over(env(), { clock, warn: (message) => toldOther.push(message) });
    await empty.start();
    clock.skip(16 * MINUTE);
    for (const gateway of [first, second, empty]) {
      const answer = await ask(gateway, '{ workspace { reports { totalCount } collections { totalCount } } }');
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toMatchObject({ workspace: { reports: { totalCount: mode.world.reports.length } } });
    }
    const ofCatalog = (messages: string[]) => messages.filter((message) => message.includes('catalog'));
    await until(() => ofCatalog(told).length > 0);
    expect([ofCatalog(told), ofCatalog(toldOther)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('do not share with another API key', async () => {
    await readAll();
    const { MODE_API_TOKEN = '', MODE_API_SECRET = '' } = envFor(mode, 'member');
    const other = gateways.over(env({ MODE_API_TOKEN, MODE_API_SECRET }), { clock });
    await other.start();
    expect(other.catalog.status().map(({ asOf }) => asOf)).toEqual(CATALOG_LISTS.map(() => null));
    const answer = await ask(other, '{ workspace { dataSources { nodes { name } } } }');
    expect(answer.extensions?.upstream.calls.rest).toBeGreaterThan(0);
    expect(mode.ledger.entries.every(({ credential }) => credential === 'member')).toBe(true);
  });

  it('put no credential there', async () => {
    await readAll();
    const text = await redis.use(async (client) => {
      const texts: string[] = [];
      for (const key of await client.keys('*')) {
        texts.push(key);
        if (key.endsWith(':header')) texts.push((await client.get(key)) ?? '');
        if (!/catalog:.*:[\da-f-]{36}$/.test(key)) continue;
        for (const piece of Object.values(await client.hgetallBuffer(key))) texts.push(inflateSync(piece).toString());
      }
      return texts.join('\n');
    });
    expect(text).toContain(mode.world.reports[0]?.token);
    const secrets = [...secretsIn(env()), ...credentialsIn(env())].flatMap(guises);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('leave nothing of the workspace there with CATALOG_SHARED=off, and read it each', async () => {
    const two = [1, 2].map(() => gateways.over(env({ CATALOG_SHARED: 'off' }), { clock }));
    for (const gateway of two) {
      await gateway.start();
      await gateway.catalog.refresh('reports', {});
    }
    expect(scans()).toEqual(['/batch/acme/reports', '/batch/acme/reports']);
    await Promise.all(two.map((gateway) => gateway.dispose()));
    expect(await keys()).toEqual([]);
  });

  it('share what callers with keys of their own are shown a part of, and nothing that was read with their keys', async () => {
    const { MODE_API_TOKEN = '', MODE_API_SECRET = '', ...rest } = env();
    const passThrough = { ...rest, GATEWAY_AUTH: 'pass-through' };
    const authorization = `Basic ${Buffer.from(`${MODE_API_TOKEN}:${MODE_API_SECRET}`).toString('base64')}`;
    const question = '{ workspace { reports { totalCount } } }';
    const askWithKey = async (gateway: Gateway): Promise<unknown> => {
      const init = post(question);
      const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization };
      return (await gateway.yoga.fetch('http://gateway/graphql', { ...init, headers })).json();
    };
    const [first, second] = [gateways.over(passThrough, { clock }), gateways.over(passThrough, { clock })];
    await first.start();
    const answer = await askWithKey(first);
    await published(1);
    await second.start();
    expect(await askWithKey(second)).toMatchObject({ data: (answer as { data: object }).data });
    expect(scans()).toEqual(['/batch/acme/reports']);
    const lists = (await keys()).map((key) => key.split(':')[3]);
    expect(lists.filter((name) => (REFERENCES as readonly (string | undefined)[]).includes(name))).toEqual([]);
  });

  it('find there what "mode-graphql warm" has read', async () => {
    const { code, stderr } = await run(['warm', '--quiet'], {
      env: { ...env({ CATALOG_DIR: await folder() }), LOG_LEVEL: 'warn' },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    mode.ledger.clear();
    const { command, url } = await startGatewayProcess(env({ CATALOG_DIR: await folder(), CATALOG_WARM: 'on' }));
    const answer = await askAt(url, '{ workspace { reports { totalCount } } catalog { state } }');
    expect(answer.data).toEqual({
      workspace: { reports: { totalCount: mode.world.reports.length } },
      catalog: { state: 'READY' },
    });
    expect(mode.ledger.entries).toEqual([]);
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
  });
});
