import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import type { Explanation } from '../../../src/cli/asking/explanation.ts';
import { run } from '../../support/command.ts';

/** As a gateway explains: 20 collections, 50 reports of each, their queries and charts, cold. */
const PLAN: Explanation = {
  estimatedCalls: 39,
  calls: { rest: 2, discovery: 37 },
  estimatedSeconds: 1.2,
  guessed: false,
  steps: [
    { what: 'charts', how: 'scan', source: 'DISCOVERY', keys: 3_000, calls: 19 },
    { what: 'queries', how: 'scan', source: 'DISCOVERY', keys: 1_000, calls: 13 },
    { what: 'workspace', how: 'snapshot', source: 'REST', keys: 1, calls: 0 },
  ],
  objects: 21_020,
  limits: { calls: 160, objects: 1_000_000, seconds: 30 },
  refusal: null,
};

const UPSTREAM = { calls: { rest: 0, discovery: 0 }, waitedMs: 0, plan: [], snapshotAsOf: null, notes: [] };
const REFUSAL = { code: 'OPERATION_TOO_COSTLY', message: 'This is expected to take 900 calls to Mode.' };
const KEY = 'marked-key-for-explain';

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

describe('mode-graphql explain', () => {
  let server: Server;
  let url: string;
  let answer: object;
  let asked: Asked[];

  // What a gateway answers to a question with the header is set by each test; the command cannot tell it from one.
  beforeAll(async () => {
    server = createServer((request, response) => {
      void readAll(request).then((body) => {
        asked.push({ headers: request.headers, body: JSON.parse(body) });
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    asked = [];
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const explained = (explain: Explanation): object => ({ data: null, extensions: { explain, upstream: UPSTREAM } });
  const ask = (...args: string[]) => run(['explain', '-', '--url', url, ...args], { stdin: '{ workspace { name } }' });

  it('prints the plan as a table, and what it comes to', async () => {
    answer = explained(PLAN);
    const { code, stdout, stderr } = await ask();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const cells = stdout
      .split('\n')
      .filter((line) => line.startsWith('│'))
      .map((line) =>
        line
          .split('│')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(cells).toEqual([
      ['what', 'how', 'source', 'keys', 'calls'],
      ['charts', 'scan', 'DISCOVERY', '3,000', '19'],
      ['queries', 'scan', 'DISCOVERY', '1,000', '13'],
      ['workspace', 'snapshot', 'REST', '1', '0'],
    ]);
    expect(stdout.split('\n').slice(-4)).toEqual([
      '39 calls to Mode (2 to REST, 37 to Discovery), of 160 that a question may take;',
      '1.2 s by the rate limit, of 30 s;',
      'at the most 21,020 objects in the answer, of 1,000,000.',
      '',
    ]);
  });

  it('asks with the header that has a gateway explain, its variables, and the key of the environment', async () => {
    answer = explained(PLAN);
    const { code, stdout, stderr } = await run(
      [
        'explain',
        '--url',
        url,
        '--text',
        'query Q($n: Int) { workspace { name } }',
        '--variables',
        '{"n":1}',
        '--json',
      ],
      { env: { MODE_GRAPHQL_KEY: KEY } },
    );
    expect(code).toBe(0);
    expect(asked).toMatchObject([
      {
        headers: { 'x-gateway-explain': 'true', authorization: `Bearer ${KEY}` },
        body: { operationName: 'Q', query: 'query Q($n: Int) { workspace { name } }', variables: { n: 1 } },
      },
    ]);
    expect(JSON.parse(stdout)).toEqual(PLAN);
    expect(stdout + stderr).not.toContain(KEY);
  });

  it.each([
    ['time', { estimatedSeconds: 50 }],
    ['calls', { estimatedCalls: 204, guessed: true }],
  ])('exits 3, and says so, when the question has not enough %s to be answered whole', async (_, facts) => {
    answer = explained({ ...PLAN, ...facts });
    const { code, stdout } = await ask();
    expect(code).toBe(3);
    expect(stdout).toContain('\nIt would be answered in part at best');
  });

  it('exits 3 when the question would be refused, in words and in JSON', async () => {
    answer = explained({ ...PLAN, refusal: REFUSAL, guessed: true });
    const [words, json] = await Promise.all([ask(), ask('--json')]);
    expect([words.code, json.code]).toEqual([3, 3]);
    expect(words.stdout).toContain(`It would be refused (${REFUSAL.code}): ${REFUSAL.message}\n`);
    expect(words.stdout).toContain('Part of it is a guess: nobody has counted the workspace.');
    expect(JSON.parse(json.stdout)).toMatchObject({ refusal: REFUSAL });
  });

  it('exits 2 when the question is wrong, and says where', async () => {
    answer = {
      errors: [
        {
          message: 'Cannot query field "nmae" on type "Workspace".',
          locations: [{ line: 1, column: 15 }],
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        },
      ],
    };
    expect(await ask()).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: Cannot query field "nmae" on type "Workspace". (line 1, column 15, GRAPHQL_VALIDATION_FAILED)\n',
    });
  });

  it('exits 1 and admits it when a gateway that does not explain has answered the question', async () => {
    answer = {
      data: { workspace: { name: 'W' } },
      extensions: { upstream: { ...UPSTREAM, calls: { rest: 1, discovery: 2 } } },
    };
    expect(await ask('--json')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The gateway does not explain questions: it has answered this one, for 3 calls to Mode.\n',
    });
  });
});
