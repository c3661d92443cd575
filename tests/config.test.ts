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
      token: 'key-token',
      secret: 'key-secret',
      rateWindows: [{ limit: 40, lengthMs: 10_000 }],
      concurrency: 4,
      discoveryRateWindows: undefined,
      timeoutMs: 30_000,
    },
    callers: { host: '127.0.0.1', port: 4_000, apiKeys: [] },
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

describe('a good value', () => {
  it.each<[string, string, (config: Config) => unknown, unknown]>([
    ['MODE_BASE_URL', 'http://localhost:4100', (config) => config.mode.baseUrl, 'http://localhost:4100'],
    ['MODE_BASE_URL', 'https://mode.test//', (config) => config.mode.baseUrl, 'https://mode.test'],
    ['MODE_WEB_URL', 'https://mode.test/', (config) => config.mode.webUrl, 'https://mode.test'],
    ['MODE_WORKSPACE', 'acme-retail_1.eu', (config) => config.mode.workspace, 'acme-retail_1.eu'],
    ['MODE_API_TOKEN', 'another', (config) => config.mode.token, 'another'],
    ['MODE_API_SECRET', 'hush:hush', (config) => config.mode.secret, 'hush:hush'],
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
    ['GATEWAY_API_KEYS', 'abcdefgh', (config) => config.callers.apiKeys, ['abcdefgh']],
    ['GATEWAY_API_KEYS', ' key-one-1 , ,key-two-2,', (config) => config.callers.apiKeys, ['key-one-1', 'key-two-2']],
    ['DEFAULT_PAGE_SIZE', '100', (config) => config.bounds.defaultPageSize, 100],
    ['MAX_PAGE_SIZE', '10000', (config) => config.bounds.maxPageSize, 10_000],
    ['MAX_BODY_SIZE', '64KB', (config) => config.bounds.maxBodySize, 65_536],
    ['REQUEST_TIMEOUT', '5s', (config) => config.bounds.requestTimeoutMs, 5_000],
    ['MAX_DEPTH', '16', (config) => config.bounds.maxDepth, 16],
    ['MAX_UPSTREAM_CALLS', '7', (config) => config.bounds.maxUpstreamCalls, 7],
    ['OPERATION_TIMEOUT', '5s', (config) => config.bounds.maxUpstreamCalls, 40],
    ['MODE_RATE_LIMIT', '40/10s,60/60s', (config) => config.bounds.maxUpstreamCalls, 60],
    ['SHUTDOWN_TIMEOUT', '1500ms', (config) => config.run.drainMs, 1_500],
    ['LOG_LEVEL', 'silent', (config) => config.run.logLevel, 'silent'],
  ])('%s=%s', (variable, text, pick, expected) => {
    expect(pick(read({ [variable]: text }))).toEqual(expected);
  });
});

describe('a bad value is one line that names the variable and never the value', () => {
  const WORKSPACE = 'must be the workspace’s username, as in app.mode.com/{workspace}, not an address';
  const ADDRESS = 'must be a web address such as https://app.mode.com';
  const WINDOWS = 'must be calls per time, such as 40/10s or 40/10s,200/60s';
  const DURATION = 'must be a duration such as 500ms, 30s or 15m';
  const KEYS = 'must hold keys of at least 8 characters each';
  const LEVEL = 'must be trace, debug, info, warn, error, fatal or silent';
  it.each([
    ['MODE_BASE_URL', 'app.mode.test', ADDRESS],
    ['MODE_BASE_URL', 'ftp://mode.test', ADDRESS],
    ['MODE_WEB_URL', 'javascript:alert(1)', ADDRESS],
    ['MODE_WORKSPACE', 'https://mode.test/acme', WORKSPACE],
    ['MODE_WORKSPACE', 'acme/retail', WORKSPACE],
    ['MODE_WORKSPACE', 'a'.repeat(101), WORKSPACE],
    ['MODE_DISCOVERY_RATE_LIMIT', 'apart', `must be shared, or ${WINDOWS.replace('must be ', '')}`],
    ['OPERATION_TIMEOUT', '30', 'must be a duration such as 500ms, 30s or 15m'],
    ['OPERATION_TIMEOUT', '50ms', 'must be from 100ms to 20d'],
    ['GATEWAY_KEY_WEIGHTS', '1,0', 'must be whole numbers from 1 to 999, one for each key, such as 1,3'],
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
    ['GATEWAY_AUTH', 'oauth', 'must be "keys"; this version knows no other way'],
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
    expect(read({ HOST }).callers).toMatchObject({ host: HOST, apiKeys: [] });
  });
});

it('gives each key a weight, and wants as many weights as there are keys', () => {
  const GATEWAY_API_KEYS = 'first-key,second-key';
  expect(read({ GATEWAY_API_KEYS }).callers.keyWeights).toEqual([1, 1]);
  expect(read({ GATEWAY_API_KEYS, GATEWAY_KEY_WEIGHTS: '1, 3' }).callers.keyWeights).toEqual([1, 3]);
  expect(problemsWith({ GATEWAY_API_KEYS, GATEWAY_KEY_WEIGHTS: '3' })).toEqual([
    'GATEWAY_KEY_WEIGHTS must hold as many numbers as GATEWAY_API_KEYS holds keys',
  ]);
});
