import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine, type Examination } from '../../../src/cli/doctor/examine.ts';
import type { Finding } from '../../../src/cli/doctor/finding.ts';
import type { Simulator } from '../../../src/simulator/index.ts';
import { envFor, envWithDiscovery, gatewayOver, serve, startSmallMode, type Env } from '../../support/gateway.ts';
import { ShiftedClock } from '../../support/shifted-clock.ts';

let mode: Simulator;
let folder: string;
const servers: Server[] = [];

beforeEach(async () => {
  mode = await startSmallMode({ behaviour: { rateLimit: { limit: 40, windowMs: 10_000 } } });
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
});

afterEach(async () => {
  await mode.close();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const good = (): Env => ({
  ...envWithDiscovery(mode),
  MODE_RATE_LIMIT: '40/10s',
  CATALOG_DIR: join(folder, 'catalog'),
});
const look = (env: Env, clock = new ShiftedClock()): Promise<Examination> => examine({ env, clock });
const of = ({ findings }: Examination, check: string): Finding[] => findings.filter((each) => each.check === check);
const only = (examination: Examination, check: string): Finding => {
  const [finding, ...more] = of(examination, check);
  if (!finding || more.length > 0) throw new Error(`not one finding of ${check}`);
  return finding;
};
/** The checks that are not as they should be, and how bad. */
const complaints = ({ findings }: Examination): string[] =>
  findings
    .filter(({ level }) => level === 'problem' || level === 'warning')
    .map(({ check, level }) => `${level}: ${check}`);
const listen = async (server: Server): Promise<number> => {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
/** A web server that stands where Mode should. */
const stranger = async (status: number, headers: Record<string, string>, body = ''): Promise<string> =>
  `http://127.0.0.1:${await listen(createHttpServer((_request, response) => response.writeHead(status, headers).end(body)))}`;

describe('the doctor, when all is well,', () => {
  it('finds nothing, with two calls and nothing left behind', async () => {
    const examination = await look(good());
    expect(examination.findings.map(({ level }) => level)).toEqual(examination.findings.map(() => 'ok'));
    expect(examination.findings.map(({ check }) => check)).toEqual([
      'Node.js',
      'configuration',
      'Mode',
      'API key',
      'clock',
      'Discovery',
      'rate limit',
      'callers',
      'Redis',
      'catalog folder',
      'port',
    ]);
    expect(only(examination, 'rate limit').message).toBe(
      'Mode allows 40 calls, of which 38 are left; the gateway keeps to 40 in 10 s.',
    );
    expect([examination.calls, mode.ledger.entries.length]).toEqual([2, 2]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('makes one call where there is no Discovery', async () => {
    const examination = await look({ ...good(), MODE_DISCOVERY: 'off' });
    expect(complaints(examination)).toEqual([]);
    expect(mode.ledger.entries.map(({ path }) => path)).toEqual(['/api/verify']);
  });

  it('tries minting with four calls, and deletes what it has minted', async () => {
    const examination = await look({ ...good(), MODE_DISCOVERY: 'mint' });
    expect(complaints(examination)).toEqual([]);
    expect(examination.calls).toBe(4);
    expect(mode.ledger.entries.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'DELETE']);
    expect(mode.signatureTokens.map(({ deletedAt }) => deletedAt !== undefined)).toEqual([true]);
  });
});

describe('the doctor tells of the callers', () => {
  const issued = (issuer: string): Env => ({
    ...good(),
    GATEWAY_AUTH: 'jwt',
    GATEWAY_JWT_ISSUER: issuer,
    GATEWAY_JWT_AUDIENCE: 'mode-graphql',
  });

  it('whether the keys that tokens are checked with can be had', async () => {
    const key = JSON.stringify({ keys: [{ kty: 'EC' }] });
    expect(complaints(await look(issued(await stranger(200, {}, key))))).toEqual([]);
    for (const issuer of [
      await stranger(404, {}),
      await stranger(200, {}, '<html>'),
      await stranger(200, {}, '{"keys":[]}'),
      'http://127.0.0.1:1',
    ]) {
      expect(complaints(await look(issued(issuer)))).toEqual(['problem: callers']);
    }
  });

  it('that with keys of their own the gateway needs none', async () => {
    const env = { ...good(), GATEWAY_AUTH: 'pass-through', MODE_API_TOKEN: '', MODE_API_SECRET: '' };
    const examination = await look(env);
    expect(complaints(examination)).toEqual([]);
    expect(only(examination, 'API key').message).toBe('The gateway needs none: callers bring their own.');
    expect(mode.ledger.entries.map(({ credential }) => credential)).toEqual(['anonymous', 'discovery']);
  });
});

describe('the doctor tells of the configuration', () => {
  it('every variable at fault, with what to do, and asks nobody anything', async () => {
    const examination = await look({ ...good(), MODE_WORKSPACE: '', PORT: 'ninety', LOG_LEVEL: 'loud' });
    expect(of(examination, 'configuration').map(({ level, message }) => [level, message.split(' ')[0]])).toEqual([
      ['problem', 'MODE_WORKSPACE'],
      ['problem', 'PORT'],
      ['problem', 'LOG_LEVEL'],
    ]);
    expect(only(examination, 'the rest').level).toBe('skipped');
    expect(mode.ledger.entries).toEqual([]);
  });

  it('a variable that nobody reads', async () => {
    const examination = await look({
      ...good(),
      MODE_RATELIMIT: '10/1s',
      // As Kubernetes sets them for a Service of that name.
      MODE_GRAPHQL_SERVICE_HOST: '10.0.0.1',
      GATEWAY_PORT_80_TCP: 'tcp://10.0.0.1:80',
    });
    expect(complaints(examination)).toEqual(['warning: configuration']);
    expect(only(examination, 'configuration').message).toBe('MODE_RATELIMIT is set, and nobody reads it.');
  });
});

describe('the doctor tells of the API key', () => {
  it('that its password is wrong, and still looks at the signature token', async () => {
    const examination = await look({ ...good(), MODE_API_SECRET: 'wrong' });
    expect(complaints(examination)).toEqual(['problem: API key']);
    expect(only(examination, 'API key').message).toBe('Mode does not accept MODE_API_TOKEN with MODE_API_SECRET.');
    expect(only(examination, 'Discovery').level).toBe('ok');
  });

  it('that it belongs to another workspace', async () => {
    const examination = await look({ ...good(), MODE_WORKSPACE: 'globex', MODE_DISCOVERY: 'mint' });
    expect(complaints(examination)).toEqual(['problem: API key']);
    expect(only(examination, 'API key')).toMatchObject({
      message: 'The key belongs to the workspace "acme", not to "globex".',
      remedy: expect.stringContaining('Set MODE_WORKSPACE to acme') as string,
    });
    expect(mode.ledger.entries).toHaveLength(1);
  });

  it('that it is a member’s, which is well by itself', async () => {
    const examination = await look({ ...good(), ...envFor(mode, 'member'), MODE_RATE_LIMIT: '40/10s' });
    expect(complaints(examination)).toEqual([]);
    expect(only(examination, 'API key').message).toContain('a member’s key');
  });

  it('that it is a member’s beside a signature token that shows more', async () => {
    const { token, secret } = mode.credentials.member;
    const examination = await look({ ...good(), MODE_API_TOKEN: token, MODE_API_SECRET: secret });
    expect(complaints(examination)).toEqual(['warning: Discovery']);
  });
});

describe('the doctor tells of Discovery', () => {
  it.each([401, 404] as const)('that the signature token has ended, where Mode says %d to that', async (deadToken) => {
    mode.behaviour.deadToken = deadToken;
    mode.discovery.expiresAt = Date.now() - 1_000;
    const examination = await look(good());
    expect(complaints(examination)).toEqual(['problem: Discovery']);
    expect(only(examination, 'Discovery').message).toContain('it has ended, was deleted, or one of its three parts');
  });

  it('that the plan has none, where a token was given', async () => {
    mode.behaviour.discoveryPlan = false;
    const examination = await look(good());
    expect(complaints(examination)).toEqual(['problem: Discovery']);
    expect(only(examination, 'Discovery').remedy).toContain('Enterprise plan');
  });

  it('that the plan has none, where one is to be minted with an admin’s key', async () => {
    mode.behaviour.discoveryPlan = false;
    const examination = await look({ ...good(), MODE_DISCOVERY: 'mint' });
    expect(complaints(examination)).toEqual(['problem: Discovery']);
    expect(only(examination, 'Discovery').remedy).toContain('Enterprise plan');
  });

  it('that a member’s key cannot mint', async () => {
    const { token, secret } = mode.credentials.member;
    const env = { ...good(), MODE_API_TOKEN: token, MODE_API_SECRET: secret, MODE_DISCOVERY: 'mint' };
    const examination = await look(env);
    expect(complaints(examination)).toEqual(['problem: Discovery']);
    expect(only(examination, 'Discovery')).toMatchObject({
      message: 'Mode does not let this key mint: it is a member’s.',
      remedy: 'MODE_DISCOVERY=mint needs the API key of an admin.',
    });
  });

  it('that what it minted could not be deleted', async () => {
    mode.faults.inject({ match: /signature_tokens\/\w/, kind: 'status500' });
    const examination = await look({ ...good(), MODE_DISCOVERY: 'mint' });
    expect(complaints(examination)).toEqual(['warning: Discovery']);
  });

  it('that it is out of order', async () => {
    mode.faults.inject({ match: '/batch/', kind: 'html502' });
    expect(complaints(await look(good()))).toEqual(['problem: Discovery']);
  });
});

describe('the doctor tells of the way to Mode', () => {
  const mentions = async (env: Env, ...words: readonly string[]): Promise<Examination> => {
    const examination = await look({ ...good(), ...env });
    expect(complaints(examination)).toEqual(['problem: Mode']);
    const { message, remedy } = only(examination, 'Mode');
    for (const word of words) expect(message).toContain(word);
    expect(remedy).toBeTruthy();
    expect(only(examination, 'API key').level).toBe('skipped');
    return examination;
  };

  it('that nobody listens there', async () => {
    const env = good();
    await mode.close();
    await mentions(env, 'nobody listens there', 'ECONNREFUSED');
  });

  it('that there is no such name, or no network', async () => {
    await mentions({ MODE_BASE_URL: 'http://mode.invalid' }, 'no such name, or no network');
  });

  it('that a proxy shows a web page, and asks no further', async () => {
    const url = await stranger(200, { 'content-type': 'text/html' }, '<html>Sign in</html>');
    const { calls } = await mentions({ MODE_BASE_URL: url, MODE_DISCOVERY: 'mint' }, 'a web page (status 200)');
    expect(calls).toBe(1);
  });

  it('that a page is shown for a moment, though Mode is behind it', async () => {
    mode.faults.inject({ match: '/verify', kind: 'html200' });
    await mentions({}, 'a web page (status 200)');
  });

  it('that Mode is out of order', async () => {
    mode.faults.inject({ match: '/verify', kind: 'status500' });
    const { calls } = await mentions({}, 'answers 500');
    expect(calls).toBe(3);
  });

  it('that it is sent on to a login page, of which it tells no more than the origin', async () => {
    const url = await stranger(302, { location: 'https://login.example/?next=marked' });
    const examination = await mentions({ MODE_BASE_URL: url }, 'https://login.example');
    expect(JSON.stringify(examination)).not.toContain('marked');
  });

  it('that a proxy may want a password, of which Node.js tells nothing', async () => {
    await mentions({ MODE_BASE_URL: await stranger(407, { 'content-type': 'text/html' }) }, 'a proxy on the way wants');
  });

  it.each([
    ['another API', 404, '{"message":"no such thing"}'],
    ['something that is no JSON', 200, 'hello'],
    ['half an answer', 200, '{"workspace":'],
  ])('that %s answers there', async (_what, status, body) => {
    const url = await stranger(status, { 'content-type': 'application/json' }, body);
    await mentions({ MODE_BASE_URL: url }, 'not as Mode’s API does');
  });

  it('that the connection is cut', async () => {
    const port = await listen(createServer((socket) => socket.on('error', () => undefined).resetAndDestroy()));
    await mentions({ MODE_BASE_URL: `http://127.0.0.1:${port}` }, 'the connection is cut');
  });

  it('that it does not answer in time', async () => {
    mode.faults.inject({ match: '/verify', kind: 'slow', delayMs: 600_000 });
    await mentions({ MODE_TIMEOUT: '100ms' }, 'does not answer in time', 'TIMEOUT');
  });

  it('that it does not speak TLS', async () => {
    await mentions({ MODE_BASE_URL: mode.url.replace('http:', 'https:') }, 'TLS');
  });

  it('nothing, when a failure passes at the second attempt', async () => {
    mode.faults.inject({ match: '/verify', kind: 'reset', times: 1 });
    const examination = await look(good());
    expect(complaints(examination)).toEqual([]);
    expect(examination.calls).toBe(3);
  });
});

describe('the doctor tells of the clock', () => {
  it.each([
    [600_000, 'problem', 'ahead of'],
    [-60_000, 'warning', 'behind'],
  ])('that it is %d ms off', async (aheadMs, level, word) => {
    const clock = new ShiftedClock();
    clock.skip(aheadMs);
    const examination = await look(good(), clock);
    expect(complaints(examination)).toEqual([`${level}: clock`]);
    expect(only(examination, 'clock').message).toContain(word);
  });
});

describe('the doctor tells of the rate limit', () => {
  it('that Mode allows less than the gateway would take', async () => {
    mode.behaviour.rateLimit = { limit: 20, windowMs: 10_000 };
    const examination = await look(good());
    expect(complaints(examination)).toEqual(['warning: rate limit']);
    expect(only(examination, 'rate limit').message).toContain('Mode allows 20 calls');
  });

  it('that somebody else uses it up, at once and without adding to it', async () => {
    mode.faults.inject({ match: '/verify', kind: 'status429' });
    const examination = await look(good());
    expect(complaints(examination)).toEqual(['problem: rate limit']);
    expect(only(examination, 'API key').level).toBe('skipped');
    expect(examination.calls).toBe(1);
  });

  it('that Mode says nothing of it', async () => {
    mode.behaviour.rateLimit = null;
    expect(only(await look(good()), 'rate limit')).toMatchObject({
      level: 'ok',
      message: 'Mode says nothing of it; the gateway keeps to 40 in 10 s.',
    });
  });
});

describe('the doctor tells of the catalog’s folder', () => {
  it('that it cannot be written to', async () => {
    const file = join(folder, 'a file');
    await writeFile(file, '');
    const examination = await look({ ...good(), CATALOG_DIR: join(file, 'catalog') });
    expect(complaints(examination)).toEqual(['problem: catalog folder']);
    expect(only(examination, 'catalog folder').message).toContain('ENOTDIR');
  });

  it('that others can read what is stored there, or could', async () => {
    const open = join(folder, 'open');
    await mkdir(open);
    await chmod(open, 0o755);
    // What a gateway writes is its own user's alone, wherever it is.
    await writeFile(join(open, '0123-people.catalog'), '', { mode: 0o600 });
    expect(complaints(await look({ ...good(), CATALOG_DIR: open }))).toEqual([]);

    await chmod(join(open, '0123-people.catalog'), 0o644);
    expect(complaints(await look({ ...good(), CATALOG_DIR: open }))).toEqual(['warning: catalog folder']);

    await chmod(open, 0o700);
    expect(complaints(await look({ ...good(), CATALOG_DIR: open }))).toEqual([]);
    expect(await readdir(open)).toEqual(['0123-people.catalog']);
  });

  it('that there is none', async () => {
    expect(complaints(await look({ ...good(), CATALOG_DIR: 'off' }))).toEqual(['warning: catalog folder']);
  });
});

describe('the doctor tells of the port', () => {
  it('that something else listens there', async () => {
    const port = await listen(createServer((socket) => socket.resume().end('hello')));
    const examination = await look({ ...good(), PORT: String(port) });
    expect(complaints(examination)).toEqual(['problem: port']);
    expect(only(examination, 'port').message).toContain('something else is listening there');
  });

  it('that a gateway is there already, which may be the one that is meant', async () => {
    const gateway = gatewayOver(good());
    const server = await serve(gateway);
    const examination = await look({ ...good(), PORT: new URL(server.url).port });
    expect(complaints(examination)).toEqual(['warning: port']);
    await server.stop();
    await gateway.dispose();
  });

  it('that this machine has no such address', async () => {
    const examination = await look({ ...good(), HOST: '192.0.2.1', GATEWAY_API_KEYS: 'a-long-enough-key' });
    expect(complaints(examination)).toEqual(['problem: port']);
  });
});
