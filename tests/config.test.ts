import { createHash } from 'node:crypto';
import { ConfigError, readConfig, type Config } from '../src/config/config.ts';

const NEEDED = { MODE_WORKSPACE: 'acme', MODE_API_TOKEN: 'key-token', MODE_API_SECRET: 'key-secret' };

type Env = Readonly<Record<string, string | undefined>>;

function read(env: Env = {}): Config {
  return readConfig({ ...NEEDED, ...env });
}

/** What is wrong with an environment, line by line. */
function problems(env: Env): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

function problemsWith(env: Env): readonly string[] {
  return problems({ ...NEEDED, ...env });
}

it('needs a workspace and a key, and has a default for everything else', () => {
  expect(read()).toMatchObject({
    mode: {
      baseUrl: 'https://app.mode.com',
      webUrl: 'https://app.mode.com',
      workspace: 'acme',
      credential: { token: 'key-token', secret: 'key-secret' },
      rateWindows: [{ limit: 40, lengthMs: 10_000 }],
      concurrency: 4,
      discoveryRateWindows: undefined,
      timeoutMs: 30_000,
    },
    callers: { host: '127.0.0.1', port: 4_000, auth: { kind: 'keys', keys: [] } },
    bounds: {
      defaultPageSize: 20,
      maxPageSize: 100,
      operationTimeoutMs: 30_000,
      requestTimeoutMs: 30_000,
      maxBodySize: 1_048_576,
      maxTokens: 2_500,
      maxDepth: 20,
      maxFields: 5_000,
      maxRootFields: 30,
      maxAliases: 50,
      maxDirectives: 50,
      maxVariables: 5_000,
      maxNodes: 1_000_000,
      maxUpstreamCalls: 160,
    },
    web: {
      graphiql: true,
      introspection: true,
      allowedOrigins: [],
      allowedHosts: [],
      maxBatch: 1,
      persistedOperations: undefined,
      persistedOperationsOnly: false,
    },
    run: { redisUrl: undefined, assumedReplicas: 4, drainMs: 30_000, logLevel: 'info' },
  });
});

it('says what is missing, and where to find it', () => {
  expect(problems({})).toEqual([
    'MODE_WORKSPACE is missing: set it to the workspace’s username, as in app.mode.com/{workspace}',
    'MODE_API_TOKEN is missing: set it to the token of an API key (Mode: Workspace Settings, API Keys)',
    'MODE_API_SECRET is missing: set it to the password that belongs to MODE_API_TOKEN',
  ]);
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function keysOf({ callers: { auth } }: Config): unknown {
  return auth.kind === 'keys' ? auth.keys : undefined;
}

describe('a good value', () => {
  it.each<[string, string, (config: Config) => unknown, unknown]>([
    ['MODE_BASE_URL', 'http://localhost:4100', (config) => config.mode.baseUrl, 'http://localhost:4100'],
    ['MODE_BASE_URL', 'https://mode.test//', (config) => config.mode.baseUrl, 'https://mode.test'],
    ['MODE_WEB_URL', 'https://mode.test/', (config) => config.mode.webUrl, 'https://mode.test'],
    ['MODE_WORKSPACE', 'acme-retail_1.eu', (config) => config.mode.workspace, 'acme-retail_1.eu'],
    ['MODE_API_TOKEN', 'another', (config) => config.mode.credential?.token, 'another'],
    ['MODE_API_SECRET', 'hush:hush', (config) => config.mode.credential?.secret, 'hush:hush'],
    ['MODE_RATE_LIMIT', '3/1s', (config) => config.mode.rateWindows, [{ limit: 3, lengthMs: 1_000 }]],
    [
      'MODE_RATE_LIMIT',
      '40/10s,200/1m',
      (config) => config.mode.rateWindows,
      [
        { limit: 40, lengthMs: 10_000 },
        { limit: 200, lengthMs: 60_000 },
      ],
    ],
    ['MODE_DISCOVERY_RATE_LIMIT', 'shared', (config) => config.mode.discoveryRateWindows, undefined],
    [
      'MODE_DISCOVERY_RATE_LIMIT',
      '5/1s',
      (config) => config.mode.discoveryRateWindows,
      [{ limit: 5, lengthMs: 1_000 }],
    ],
    ['OPERATION_TIMEOUT', '5s', (config) => config.bounds.operationTimeoutMs, 5_000],
    ['REDIS_URL', 'redis://redis:6379', (config) => config.run.redisUrl, 'redis://redis:6379'],
    ['REDIS_URL', 'rediss://me:hush@redis/2', (config) => config.run.redisUrl, 'rediss://me:hush@redis/2'],
    ['GATEWAY_REPLICAS', '12', (config) => config.run.assumedReplicas, 12],
    ['MODE_CONCURRENCY', '1', (config) => config.mode.concurrency, 1],
    ['MODE_CONCURRENCY', '1000', (config) => config.mode.concurrency, 1_000],
    ['MODE_TIMEOUT', '500ms', (config) => config.mode.timeoutMs, 500],
    ['MODE_TIMEOUT', '45s', (config) => config.mode.timeoutMs, 45_000],
    ['MODE_TIMEOUT', '2m', (config) => config.mode.timeoutMs, 120_000],
    ['MODE_TIMEOUT', '1h', (config) => config.mode.timeoutMs, 3_600_000],
    ['HOST', 'localhost', (config) => config.callers.host, 'localhost'],
    ['PORT', '0', (config) => config.callers.port, 0],
    ['PORT', '65535', (config) => config.callers.port, 65_535],
    ['GATEWAY_API_KEYS', 'abcdefgh', keysOf, [{ name: 'key-1', digest: sha256('abcdefgh'), weight: 1 }]],
    [
      'GATEWAY_API_KEYS',
      ' key-one-1 , ,web:key-two-2,',
      keysOf,
      [
        { name: 'key-1', digest: sha256('key-one-1'), weight: 1 },
        { name: 'web', digest: sha256('key-two-2'), weight: 1 },
      ],
    ],
    [
      'GATEWAY_API_KEYS',
      `sha256:${sha256('abcdefgh')},etl:sha256:${sha256('ijklmnop').toUpperCase()}`,
      keysOf,
      [
        { name: 'key-1', digest: sha256('abcdefgh'), weight: 1 },
        { name: 'etl', digest: sha256('ijklmnop'), weight: 1 },
      ],
    ],
    ['DEFAULT_PAGE_SIZE', '100', (config) => config.bounds.defaultPageSize, 100],
    ['MAX_PAGE_SIZE', '10000', (config) => config.bounds.maxPageSize, 10_000],
    ['MAX_BODY_SIZE', '64KB', (config) => config.bounds.maxBodySize, 65_536],
    ['REQUEST_TIMEOUT', '5s', (config) => config.bounds.requestTimeoutMs, 5_000],
    ['MAX_DEPTH', '16', (config) => config.bounds.maxDepth, 16],
    ['MAX_UPSTREAM_CALLS', '7', (config) => config.bounds.maxUpstreamCalls, 7],
    ['OPERATION_TIMEOUT', '5s', (config) => config.bounds.maxUpstreamCalls, 40],
    ['MODE_RATE_LIMIT', '40/10s,60/60s', (config) => config.bounds.maxUpstreamCalls, 60],
    ['SHUTDOWN_TIMEOUT', '1500ms', (config) => config.run.drainMs, 1_500],
    ['GRAPHIQL', 'off', (config) => config.web.graphiql, false],
    ['INTROSPECTION', 'off', (config) => config.web.introspection, false],
    [
      'ALLOWED_ORIGINS',
      ' https://App.Example.com , http://localhost:5173/,https://a.test:443,http://[::1]:3000,',
      (config) => config.web.allowedOrigins,
      ['https://app.example.com', 'http://localhost:5173', 'https://a.test', 'http://[::1]:3000'],
    ],
    ['ALLOWED_HOSTS', 'Gateway.internal, gw', (config) => config.web.allowedHosts, ['gateway.internal', 'gw']],
    ['MAX_BATCH', '10', (config) => config.web.maxBatch, 10],
    ['PERSISTED_OPERATIONS', './operations.json', (config) => config.web.persistedOperations, './operations.json'],
    ['LOG_LEVEL', 'silent', (config) => config.run.logLevel, 'silent'],
  ])('%s=%s', (variable, text, pick, expected) => {
    expect(pick(read({ [variable]: text }))).toEqual(expected);
  });
});

describe('a bad value is one line that names the variable and never the value', () => {
  const WORKSPACE =
    'must be the workspace’s username alone, as in app.mode.com/{workspace}: not an address, and not the name that people see';
  const ADDRESS =
    'must be an origin alone, without a path, a query or a user: https://app.mode.com, and nothing behind it';
  const SCHEME = 'must be a web address that begins with https://, such as https://app.mode.com';
  const QUOTED =
    'must be the value alone, without quotation marks around it (Docker takes those in an env file for part of it)';
  const BLANKS = 'must be the value alone, without blanks or line breaks around it';
  const WINDOWS = 'must be calls per time, such as 40/10s or 40/10s,200/60s';
  const DURATION = 'must be a duration such as 500ms, 30s or 15m';
  const KEYS = 'must hold keys of at least 8 characters each';
  const ORIGINS = 'must hold exact origins, scheme and port included, such as https://app.example.com; * is not one';
  const HOSTS = 'must hold names of hosts, without a scheme or a port, such as gateway.internal';
  const LEVEL = 'must be trace, debug, info, warn, error, fatal or silent';
  it.each([
    ['MODE_BASE_URL', 'app.mode.test', SCHEME],
    ['MODE_BASE_URL', 'ftp://mode.test', SCHEME],
    ['MODE_WEB_URL', 'javascript:alert(1)', SCHEME],
    ['MODE_BASE_URL', 'https://:mode', 'must be a web address such as https://app.mode.com'],
    ['MODE_WORKSPACE', 'https://mode.test/acme', WORKSPACE],
    ['MODE_WORKSPACE', 'acme/retail', WORKSPACE],
    ['MODE_WORKSPACE', 'a'.repeat(101), WORKSPACE],
    ['MODE_WORKSPACE', 'Acme Retail', WORKSPACE],
    ['MODE_BASE_URL', 'https://app.mode.com/acme', ADDRESS],
    ['MODE_BASE_URL', 'https://app.mode.com/?x', ADDRESS],
    ['MODE_API_SECRET', '"a-marked-secret"', QUOTED],
    ['MODE_API_SECRET', "'a-marked-secret'", QUOTED],
    ['MODE_API_SECRET', ' a-marked-secret', BLANKS],
    ['MODE_API_SECRET', 'a-marked-secret\n', BLANKS],
    [
      'MODE_API_TOKEN',
      'a-token:a-secret',
      'must be the token alone: what stands behind the colon belongs in MODE_API_SECRET',
    ],
    ['MODE_API_TOKEN', 'a-token ', BLANKS],
    ['MODE_DISCOVERY_RATE_LIMIT', 'apart', `must be shared, or ${WINDOWS.replace('must be ', '')}`],
    ['OPERATION_TIMEOUT', '30', 'must be a duration such as 500ms, 30s or 15m'],
    ['OPERATION_TIMEOUT', '50ms', 'must be from 100ms to 20d'],
    ['GATEWAY_KEY_WEIGHTS', 'web:0', 'must be names with whole numbers from 1 to 999, such as web:3,etl:1'],
    ['GATEWAY_KEY_WEIGHTS', '3', 'must be names with whole numbers from 1 to 999, such as web:3,etl:1'],
    ['GATEWAY_KEY_WEIGHTS', 'web:3', 'names a key that GATEWAY_API_KEYS does not'],
    ['GATEWAY_API_KEYS', 'web:long-enough,web:long-as-well', 'must not hold a name twice'],
    ['GATEWAY_API_KEYS', 'web:sha256:abcdef', KEYS],
    ['GATEWAY_JWT_ISSUER', 'login', 'must be a web address such as https://login.example.com/'],
    ['CREDENTIAL_MAX_AGE', '1ms', 'must be from 1000ms to 20d'],
    ['REDIS_URL', 'localhost:6379', 'must be the address of a Redis, such as redis://127.0.0.1:6379'],
    ['REDIS_URL', 'http://redis', 'must be the address of a Redis, such as redis://127.0.0.1:6379'],
    ['GATEWAY_REPLICAS', '0', 'must be a whole number from 1 to 1000'],
    ['MODE_RATE_LIMIT', 'plenty', WINDOWS],
    ['MODE_RATE_LIMIT', '0/10s', WINDOWS],
    ['MODE_RATE_LIMIT', '41/10s,', WINDOWS],
    ['MODE_CONCURRENCY', '0', 'must be a whole number from 1 to 1000'],
    ['MODE_CONCURRENCY', '1001', 'must be a whole number from 1 to 1000'],
    ['MODE_CONCURRENCY', 'four', 'must be a whole number from 1 to 1000'],
    ['MODE_TIMEOUT', '31', DURATION],
    ['MODE_TIMEOUT', '-31s', DURATION],
    ['MODE_TIMEOUT', '1.5s', DURATION],
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['PORT', '-7', 'must be a whole number from 0 to 65535'],
    ['PORT', '4e3', 'must be a whole number from 0 to 65535'],
    ['PORT', '40.5', 'must be a whole number from 0 to 65535'],
    ['GATEWAY_AUTH', 'oauth', 'must be keys, jwt or pass-through'],
    ['GATEWAY_API_KEYS', 'good-enough,short', KEYS],
    ['DEFAULT_PAGE_SIZE', '0', 'must be a whole number from 1 to 10000'],
    ['MAX_PAGE_SIZE', '10001', 'must be a whole number from 1 to 10000'],
    ['MAX_BODY_SIZE', '1000', 'must be a size such as 500B, 100KB or 1MB'],
    ['MAX_BODY_SIZE', '1000B', 'must be from 1024B to 100MB'],
    ['MAX_TOKENS', '499', 'must be a whole number from 500 to 100000'],
    ['MAX_DEPTH', '15', 'must be a whole number from 16 to 100'],
    ['MAX_NODES', '0', 'must be a whole number from 1 to 9999999'],
    ['MAX_UPSTREAM_CALLS', '0', 'must be a whole number from 1 to 1000000'],
    ['MAX_UPSTREAM_CALLS', 'many', 'must be a whole number from 1 to 1000000'],
    ['SHUTDOWN_TIMEOUT', 'soon', DURATION],
    ['GRAPHIQL', 'yes', 'must be on or off'],
    ['INTROSPECTION', 'yes', 'must be on or off'],
    ['ALLOWED_ORIGINS', '*', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://*.example.com', ORIGINS],
    ['ALLOWED_ORIGINS', 'null', ORIGINS],
    ['ALLOWED_ORIGINS', 'app.example.com', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://app.example.com/path', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://app.example.com?x', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://me:hush@app.example.com', ORIGINS],
    ['ALLOWED_ORIGINS', 'file:///home', ORIGINS],
    ['ALLOWED_HOSTS', 'http://gateway.internal', HOSTS],
    ['ALLOWED_HOSTS', 'gateway.internal:4000', HOSTS],
    ['ALLOWED_HOSTS', '*.internal', HOSTS],
    ['MAX_BATCH', '0', 'must be a whole number from 1 to 100'],
    ['MAX_BATCH', '101', 'must be a whole number from 1 to 100'],
    ['PERSISTED_OPERATIONS_ONLY', 'yes', 'must be on or off'],
    ['LOG_LEVEL', 'verbose', LEVEL],
    ['LOG_LEVEL', 'INFO', LEVEL],
  ])('%s=%s', (variable, text, complaint) => {
    expect(problemsWith({ [variable]: text })).toEqual([`${variable} ${complaint}`]);
  });

  it('when several are wrong, in order', () => {
    expect(problemsWith({ PORT: 'x', MODE_TIMEOUT: 'x', LOG_LEVEL: 'x', MODE_API_TOKEN: undefined })).toEqual([
      'MODE_API_TOKEN is missing: set it to the token of an API key (Mode: Workspace Settings, API Keys)',
      `MODE_TIMEOUT ${DURATION}`,
      'PORT must be a whole number from 0 to 65535',
      `LOG_LEVEL ${LEVEL}`,
    ]);
  });

  it('and no secret is in it, whatever else is wrong', () => {
    const secrets = {
      MODE_API_TOKEN: 'tok-123456',
      MODE_API_SECRET: 'sec-123456',
      GATEWAY_API_KEYS: 'gw-1234,gw-5678',
    };
    const said = problemsWith({ ...secrets, PORT: 'x', MODE_RATE_LIMIT: 'x', HOST: '0.0.0.0' }).join('\n');
    expect(said).toContain('GATEWAY_API_KEYS');
    for (const secret of ['tok-123456', 'sec-123456', 'gw-1234', 'gw-5678']) expect(said).not.toContain(secret);
  });
});

it('a page is by default no larger than the largest', () => {
  expect(problemsWith({ DEFAULT_PAGE_SIZE: '101' })).toEqual([
    'DEFAULT_PAGE_SIZE must not be larger than MAX_PAGE_SIZE',
  ]);
  expect(problemsWith({ MAX_PAGE_SIZE: '19' })).toEqual(['DEFAULT_PAGE_SIZE must not be larger than MAX_PAGE_SIZE']);
  expect(read({ DEFAULT_PAGE_SIZE: '500', MAX_PAGE_SIZE: '500' }).bounds).toMatchObject({ maxPageSize: 500 });
});

it('empty text is not set, for every variable', () => {
  const optional = [
    'MODE_BASE_URL',
    'MODE_WEB_URL',
    'MODE_RATE_LIMIT',
    'MODE_CONCURRENCY',
    'MODE_TIMEOUT',
    'HOST',
    'PORT',
    'GATEWAY_AUTH',
    'GATEWAY_API_KEYS',
    'DEFAULT_PAGE_SIZE',
    'MAX_PAGE_SIZE',
    'SHUTDOWN_TIMEOUT',
    'LOG_LEVEL',
  ];
  expect(read(Object.fromEntries(optional.map((name) => [name, ''])))).toEqual(read());
  expect(problems({ MODE_WORKSPACE: '', MODE_API_TOKEN: '', MODE_API_SECRET: '' })).toEqual(problems({}));
});

it('what it does not know is let be', () => {
  expect(read({ PATH: '/usr/bin', MODE_COLOUR: 'red' })).toEqual(read());
});

describe('who listens beyond this machine needs keys', () => {
  const REFUSED = [
    'GATEWAY_API_KEYS is missing: HOST is not a loopback address, so anybody on the network could read the workspace; set keys, or listen on 127.0.0.1',
  ];
  const beyond = ['0.0.0.0', '::', '10.0.0.7', 'gateway.internal', '127.0.0.1.test', '1127.0.0.1', '::ffff:0.0.0.0'];
  const here = ['127.0.0.1', '127.8.8.8', 'localhost', 'LOCALHOST', '::1'];

  it.each(beyond)('%s is refused without', (HOST) => {
    expect(problemsWith({ HOST })).toEqual(REFUSED);
    expect(problemsWith({ HOST, GATEWAY_API_KEYS: ' , ,' })).toEqual(REFUSED);
  });

  it.each(beyond)('%s is taken with', (HOST) => {
    expect(read({ HOST, GATEWAY_API_KEYS: 'long-enough' }).callers.host).toBe(HOST);
  });

  it.each(here)('%s is this machine', (HOST) => {
    expect(read({ HOST }).callers).toMatchObject({ host: HOST, auth: { kind: 'keys', keys: [] } });
  });
});

it('gives each key the weight of its name, and 1 otherwise', () => {
  const env = { GATEWAY_API_KEYS: 'web:first-key,second-key', GATEWAY_KEY_WEIGHTS: 'web:3, key-2:7' };
  expect(keysOf(read(env))).toMatchObject([{ weight: 3 }, { weight: 7 }]);
  expect(keysOf(read({ ...env, GATEWAY_KEY_WEIGHTS: 'web:3' }))).toMatchObject([{ weight: 3 }, { weight: 1 }]);
});

describe('GATEWAY_AUTH=jwt', () => {
  const jwt = {
    GATEWAY_AUTH: 'jwt',
    GATEWAY_JWT_ISSUER: 'https://login.test/',
    GATEWAY_JWT_AUDIENCE: 'mode-graphql',
  };

  it('looks for the keys at the issuer, or where it is told to', () => {
    expect(read({ ...jwt, HOST: '0.0.0.0' }).callers.auth).toEqual({
      kind: 'jwt',
      issuer: 'https://login.test/',
      audience: 'mode-graphql',
      jwksUrl: 'https://login.test/.well-known/jwks.json',
    });
    const GATEWAY_JWKS_URL = 'https://login.test/keys';
    expect(read({ ...jwt, GATEWAY_JWKS_URL }).callers.auth).toMatchObject({ jwksUrl: GATEWAY_JWKS_URL });
  });

  it('needs an issuer and an audience, and no keys beside them', () => {
    expect(problemsWith({ GATEWAY_AUTH: 'jwt', GATEWAY_API_KEYS: 'long-enough' })).toEqual([
      'GATEWAY_API_KEYS would let nobody in: GATEWAY_AUTH is jwt; remove one of them',
      'GATEWAY_JWT_ISSUER is missing: set it to the issuer of tokens, their iss',
      'GATEWAY_JWT_AUDIENCE is missing: without it, tokens made for any other service would open this one',
    ]);
  });
});

describe('GATEWAY_AUTH=pass-through', () => {
  const passThrough = { MODE_WORKSPACE: 'acme', GATEWAY_AUTH: 'pass-through' };

  it('needs no API key, and does not use one that is set', () => {
    for (const env of [passThrough, { ...NEEDED, ...passThrough, HOST: '0.0.0.0' }]) {
      expect(readConfig(env)).toMatchObject({
        mode: { credential: undefined },
        callers: { auth: { kind: 'pass-through', believedMs: 60_000 } },
      });
    }
  });

  it('cannot mint', () => {
    expect(problems({ ...passThrough, MODE_DISCOVERY: 'mint' })).toEqual([
      'MODE_DISCOVERY must not be mint with GATEWAY_AUTH=pass-through, where the gateway has no key to mint with; set a signature token',
    ]);
  });
});

it('answers persisted operations only when there are some, and shows no GraphiQL then', () => {
  const PERSISTED_OPERATIONS = 'operations.json';
  const PERSISTED_OPERATIONS_ONLY = 'on';
  expect(read({ PERSISTED_OPERATIONS }).web).toMatchObject({ graphiql: true, persistedOperationsOnly: false });
  expect(read({ PERSISTED_OPERATIONS, PERSISTED_OPERATIONS_ONLY }).web).toMatchObject({
    graphiql: false,
    persistedOperationsOnly: true,
  });
  expect(problemsWith({ PERSISTED_OPERATIONS_ONLY })).toEqual([
    'PERSISTED_OPERATIONS is missing: PERSISTED_OPERATIONS_ONLY refuses what is not in it, which would be everything; set it to the path of a manifest',
  ]);
  expect(problemsWith({ PERSISTED_OPERATIONS, PERSISTED_OPERATIONS_ONLY, GRAPHIQL: 'on' })).toEqual([
    'GRAPHIQL must be off with PERSISTED_OPERATIONS_ONLY: what people write in GraphiQL is in no manifest, nor is its introspection',
  ]);
});
