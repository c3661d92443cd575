import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { knownVariables, ROOT } from './known-variables.ts';

interface Service {
  readonly build?: string;
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly user?: string;
  readonly volumes?: readonly string[];
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

const PAIR = ['gateway-1', 'gateway-2'] as const;
const GATEWAYS = [...PAIR, 'gateway-demo'] as const;

/** What the image sets by itself. */
const IMAGE = { HOST: '0.0.0.0', PORT: '4000' };

function service(name: string): Service {
  const found = services[name];
  if (!found) throw new Error(`there is no service "${name}"`);
  return found;
}

describe('docker-compose.yml', () => {
  it('starts two gateways and their Redis unless it is asked for more', () => {
    const profiles = Object.entries(services).map(([name, { profiles: of }]) => [name, of ?? []]);
    expect(Object.fromEntries(profiles)).toEqual({
      'gateway-1': [],
      'gateway-2': [],
      redis: [],
      simulator: ['demo'],
      'gateway-demo': ['demo'],
    });
  });

  it('opens ports on this machine only, each of its own', () => {
    const ports = Object.values(services).flatMap((each) => each.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
    for (const name of GATEWAYS) expect(service(name).ports?.[0]).toMatch(`:${IMAGE.PORT}`);
    // Nobody but the gateways asks Redis, nor the simulator.
    for (const name of ['redis', 'simulator']) expect(service(name).ports).toBeUndefined();
  });

  it('gives the two a Redis in common, and each a catalog of its own', () => {
    for (const name of PAIR) expect(service(name).depends_on).toEqual({ redis: { condition: 'service_healthy' } });
    const [first, second] = PAIR.map((name) => service(name).environment?.REDIS_URL);
    expect(first).toBe(second);
    const mounts = PAIR.map((name) => service(name).volumes?.map((volume) => volume.split(':')) ?? []);
    expect(mounts.map((each) => each.map(([, at]) => at))).toEqual(PAIR.map(() => ['/var/cache/mode-graphql']));
    const names = mounts.flatMap((each) => each.map(([name]) => name));
    expect(new Set(names).size).toBe(PAIR.length);
    expect(names.sort()).toEqual(Object.keys(volumes).sort());
  });

  it('lets no container write beyond its volumes, nor gain rights', () => {
    for (const [name, each] of Object.entries(services)) {
      expect([name, each.read_only, each.cap_drop, each.security_opt]).toEqual([
        name,
        true,
        ['ALL'],
        ['no-new-privileges:true'],
      ]);
    }
    // The image of the others says so itself.
    expect(service('redis').user).toBe('redis');
  });

  it('does not start for ever what refuses its configuration', () => {
    for (const name of PAIR) expect(service(name).restart).toMatch(/^on-failure:\d+$/);
  });

  it('sets only variables that the gateway reads, and passes on all that an operator may set', () => {
    const known = knownVariables();
    for (const name of GATEWAYS) {
      expect(Object.keys(service(name).environment ?? {}).filter((key) => !known.includes(key))).toEqual([]);
    }
    for (const name of PAIR) {
      expect(service(name).env_file).toEqual([{ path: '.env', required: false }]);
      // What the container decides: where it listens, the one place that can be written to, and the Redis beside it.
      expect(service(name).environment).toEqual({
        ...IMAGE,
        CATALOG_DIR: '/var/cache/mode-graphql',
        REDIS_URL: '${REDIS_URL:-redis://redis:6379}',
      });
    }
  });

  it('gives the gateway longer to stop than it takes', () => {
    const { run } = readConfig({ MODE_WORKSPACE: 'x', MODE_API_TOKEN: 'x', MODE_API_SECRET: 'x' });
    for (const name of GATEWAYS) {
      const graceMs = Number.parseInt(service(name).stop_grace_period ?? '0', 10) * 1_000;
      // Deleting a minted token may take five more.
      expect(graceMs).toBeGreaterThan(run.shutdownDelayMs + run.drainMs + 5_000);
    }
  });

  it('leaves it to the gateway to refuse a start without keys', () => {
    const empty = Object.fromEntries(knownVariables().map((key) => [key, '']));
    const workspace = { MODE_WORKSPACE: 'acme', MODE_API_TOKEN: 'token', MODE_API_SECRET: 'secret' };
    const start = (): unknown =>
      readConfig({ ...empty, ...service('gateway-1').environment, REDIS_URL: '', ...workspace });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(/^GATEWAY_API_KEYS is missing/);
  });

  it('waits for the simulator before the demo, and asks it for its health', () => {
    expect(service('gateway-demo').depends_on).toEqual({ simulator: { condition: 'service_healthy' } });
    expect(service('simulator').healthcheck?.test.join(' ')).toContain('127.0.0.1:4001/_simulator/');
    expect(service('redis').healthcheck?.test).toEqual(['CMD', 'redis-cli', 'ping']);
  });

  it('gives the demo the credentials of the simulator that it starts', async () => {
    const { command, environment } = service('simulator');
    expect(command).toEqual(['simulator', '--port', '4001']);
    expect(environment).toEqual({ SIMULATOR_HOST: '0.0.0.0' });
    const demo = service('gateway-demo').environment ?? {};
    expect(demo.MODE_BASE_URL).toBe('http://simulator:4001');

    // As the command starts it: seed 1 and the default world's members, for the keys are the admin's.
    const mode = await startSimulator({ size: { reports: 1, collections: 1 } });
    await mode.close();
    const { token, secret } = mode.credentials.admin;
    const { mode: configured } = readConfig({ ...IMAGE, ...demo });
    expect(configured).toMatchObject({ workspace: mode.workspace, credential: { token, secret } });
  });
});
