import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServer } from '../../../src/server/http-server.ts';
import type { Simulator } from '../../../src/simulator/index.ts';
import { run } from '../../support/command.ts';
import { envFor, gatewayOver, serve, startSmallMode, type Answer } from '../../support/gateway.ts';

const KEY = 'marked-key-of-the-gateway-77';
const QUESTION = ['query', '--text', '{ workspace { username } }'];

describe('mode-graphql query --url', () => {
  let mode: Simulator;
  let gateway: RunningServer;
  let folder: string;
  const servers: Server[] = [];

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = await serve(gatewayOver({ ...envFor(mode), GATEWAY_API_KEYS: `etl:${KEY}` }));
    folder = await mkdtemp(join(tmpdir(), 'query-url-'));
    await writeFile(join(folder, 'key'), `${KEY}\n`);
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await gateway.stop();
    await mode.close();
    for (const server of servers) server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const listen = async (handler: RequestListener): Promise<string> => {
    const server = createServer(handler).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it.each([
    ['MODE_GRAPHQL_KEY', () => ({ args: [], env: { MODE_GRAPHQL_KEY: KEY } })],
    ['--key-file', () => ({ args: ['--key-file', join(folder, 'key')], env: {} })],
  ] as const)('asks a running gateway with the key in %s, and nothing of a configuration', async (_where, make) => {
    const { args, env } = make();
    const { code, stdout, stderr } = await run([...QUESTION, '--url', gateway.url, ...args], { env });
    expect(code).toBe(0);
    const { data, extensions } = JSON.parse(stdout) as Answer;
    expect(data).toEqual({ workspace: { username: mode.workspace } });
    expect(extensions?.upstream.calls.rest).toBe(mode.ledger.entries.length);
    expect(stderr).toMatch(/^\d calls? to Mode, waited /);
    expect(stdout + stderr).not.toContain(KEY);
  });

  it.each([
    [{}, 'UNAUTHENTICATED'],
    [{ MODE_GRAPHQL_KEY: 'another-marked-key' }, 'UNAUTHENTICATED'],
  ])('exits 1 without the right key, says why, and shows none', async (env, says) => {
    const { code, stdout, stderr } = await run([...QUESTION, '--url', `${gateway.url}/graphql`], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .+\n$/);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('marked');
    expect(mode.ledger.entries).toEqual([]);
  });

  it('sends a key of Mode as it stands, for gateways whose callers bring their own', async () => {
    const own = await serve(
      gatewayOver({ ...envFor(mode), MODE_API_TOKEN: '', MODE_API_SECRET: '', GATEWAY_AUTH: 'pass-through' }),
    );
    const { token, secret } = mode.credentials.member;
    const basic = `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`;
    const { code, stdout, stderr } = await run([...QUESTION, '--url', own.url], { env: { MODE_GRAPHQL_KEY: basic } });
    await own.stop();
    expect({ code, stderr: stderr.replace(/^\d.*\n$/, '') }).toEqual({ code: 0, stderr: '' });
    expect((JSON.parse(stdout) as Answer).data).toEqual({ workspace: { username: mode.workspace } });
  });

  it('exits 1 where nobody listens, and where something else answers', async () => {
    const html = await listen((_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    );
    const left = await listen(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const [nobody, proxy] = await Promise.all([
      run([...QUESTION, '--url', `${left}/graphql`]),
      run([...QUESTION, '--url', html]),
    ]);
    expect(nobody).toEqual({
      code: 1,
      stdout: '',
      stderr: `The gateway at ${left} cannot be reached (ECONNREFUSED). Does it run? Is --url right?\n`,
    });
    expect(proxy).toEqual({
      code: 1,
      stdout: '',
      stderr: `The gateway at ${html} answers with text/html (HTTP 502), not with GraphQL.\n`,
    });
  });

  it('follows nobody elsewhere, least of all with a key', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const elsewhere = await listen((request, response) => {
      seen.push(request.headers);
      response.end('{"data":{}}');
    });
    const here = await listen((_request, response) =>
      response.writeHead(307, { location: `${elsewhere}/graphql` }).end(),
    );
    const { code, stdout, stderr } = await run([...QUESTION, '--url', here], { env: { MODE_GRAPHQL_KEY: KEY } });
    expect({ code, stdout, seen }).toEqual({ code: 1, stdout: '', seen: [] });
    expect(stderr).toBe(
      `The gateway at ${here} sends questions elsewhere (HTTP 307); give --url the address it answers at.\n`,
    );
  });

  it('exits 2 when the gateway says that the question is wrong, and where', async () => {
    const env = { MODE_GRAPHQL_KEY: KEY };
    const [field, variable] = await Promise.all([
      run(['query', '--text', '{ workspace { nmae } }', '--url', gateway.url], { env }),
      run(
        [
          'query',
          '--text',
          'query ($n: Int!) { workspace { reports(first: $n) { totalCount } } }',
          '--url',
          gateway.url,
        ],
        { env },
      ),
    ]);
    expect([field, variable].map(({ code, stdout }) => ({ code, stdout }))).toEqual([
      { code: 2, stdout: '' },
      { code: 2, stdout: '' },
    ]);
    expect(field.stderr).toContain('error: Cannot query field "nmae" on type "Workspace".');
    expect(field.stderr).toContain('(line 1, column 15, GRAPHQL_VALIDATION_FAILED)');
    expect(variable.stderr).toContain('error: Variable "$n" of required type "Int!" was not provided.');
    expect(mode.ledger.entries).toEqual([]);
  });

  it.each([
    [['--url', 'gateway.example.com'], /--url must be a web address/],
    [['--url', `http://user:marked@gateway`], /--url must hold no password/],
    [['--key-file', 'key'], /--key-file is for a gateway at --url/],
    [['--url', 'http://127.0.0.1:1', '--key-file', '/no/such/file'], /--key-file: \/no\/such\/file is not there\./],
  ])('%j is wrong use, and nobody is asked', async (args, message) => {
    const { code, stdout, stderr } = await run([...QUESTION, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('marked');
  });
});
