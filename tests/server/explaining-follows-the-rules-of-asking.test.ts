import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gateway } from '../../src/gateway.ts';
import type { OperationReport } from '../../src/server/operation-report.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { askWith, EXPLAIN } from '../support/explain.ts';
import { envFor, post, serve, startSmallMode } from '../support/gateway.ts';
import { send } from '../support/send.ts';
import { SeveralGateways } from '../support/several-gateways.ts';

describe('explaining a question', () => {
  let mode: Simulator;
  const gateways = new SeveralGateways();
  const gatewayWith = gateways.over;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await gateways.dispose();
    await mode.close();
  });

  describe('over HTTP', () => {
    const QUESTION =
      'query Page($first: Int!) { workspace { collections(first: $first) { nodes { name } } } } query Name { workspace { name } }';
    let gateway: Gateway;
    let server: RunningServer;
    const reports: OperationReport[] = [];

    beforeAll(async () => {
      gateway = gatewayWith(
        {
          ...envFor(mode),
          GATEWAY_API_KEYS: 'key-of-a-caller',
          ALLOWED_ORIGINS: 'https://app.example.com',
          MAX_BATCH: '3',
        },
        { onOperation: (report) => reports.push(report) },
      );
      server = await serve(gateway);
    });

    beforeEach(() => {
      reports.length = 0;
    });

    afterAll(() => server.stop());

    const headers = { 'content-type': 'application/json', 'x-api-key': 'key-of-a-caller', 'X-GATEWAY-EXPLAIN': 'True' };
    const told = (text: string) => (JSON.parse(text) as { extensions?: { explain?: unknown } }).extensions?.explain;

    it('may be sent by GET, with variables and the operation’s name', async () => {
      const asked = { query: QUESTION, operationName: 'Page', variables: '{"first":7}' };
      const url = `${server.url}/graphql?${new URLSearchParams(asked).toString()}`;
      const { status, text } = await send(url, 'GET', headers);
      expect([status, told(text)]).toMatchObject([200, { objects: 8 }]);
    });

    it('may be one of a batch, all of which are explained', async () => {
      const batch = ['Page', 'Name'].map((operationName) => ({
        query: QUESTION,
        operationName,
        variables: { first: 7 },
      }));
      const { text } = await send(`${server.url}/graphql`, 'POST', headers, JSON.stringify(batch));
      const answers = (JSON.parse(text) as unknown[]).map((answer) => told(JSON.stringify(answer)));
      expect(answers).toMatchObject([{ estimatedCalls: 4 }, { estimatedCalls: 1 }]);
      expect(reports.map(({ outcome }) => outcome)).toEqual(['explained']);
    });

    it('needs the key that asking needs', async () => {
      const { status } = await send(`${server.url}/graphql`, 'POST', { ...headers, 'x-api-key': 'another-key' }, '{}');
      expect(status).toBe(401);
    });

    it('may be sent by a page of an allowed origin', async () => {
      const { status, headers: allowed } = await send(`${server.url}/graphql`, 'OPTIONS', {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-gateway-explain',
      });
      expect([status, allowed['access-control-allow-headers']]).toEqual([204, 'content-type,x-gateway-explain']);
    });

    it('is reported as explained, and counted among no answers', async () => {
      const body = JSON.stringify({ query: '{ workspace { name } }' });
      await send(`${server.url}/graphql`, 'POST', headers, body);
      await send(`${server.url}/graphql`, 'POST', headers, JSON.stringify({ query: '{ nope }' }));
      expect(reports.map(({ outcome, bill }) => [outcome, bill?.calls])).toEqual([
        ['explained', { rest: 0, discovery: 0 }],
        ['refused', undefined],
      ]);
      const metrics = await (
        await fetch(`${server.url}/metrics`, { headers: { 'x-api-key': 'key-of-a-caller' } })
      ).text();
      expect(metrics).toMatch(/operations_total\{type="query",outcome="explained"\} [1-9]/);
      expect(metrics).not.toMatch(/operation_upstream_calls_count\{api="REST"\}/);
    });
  });

  it('by its persisted id follows the rules of asking', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'explained-'));
    const file = join(folder, 'operations.json');
    writeFileSync(file, JSON.stringify({ 'the-name': 'query Name { workspace { name } }' }));
    const gateway = gatewayWith({ ...envFor(mode), PERSISTED_OPERATIONS: file, PERSISTED_OPERATIONS_ONLY: 'on' });
    rmSync(folder, { recursive: true });
    const asked = async (body: unknown): Promise<Record<string, unknown>> => {
      const request = {
        ...post(''),
        headers: { 'content-type': 'application/json', ...EXPLAIN },
        body: JSON.stringify(body),
      };
      return (await (await gateway.yoga.fetch('http://gateway/graphql', request)).json()) as Record<string, unknown>;
    };
    expect(await asked({ documentId: 'the-name' })).toMatchObject({ extensions: { explain: { estimatedCalls: 1 } } });
    expect(await asked({ query: '{ workspace { name } }' })).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('about a schema that is not shown is refused as asking is', async () => {
    const gateway = gatewayWith({ ...envFor(mode), INTROSPECTION: 'off' });
    const { errors, extensions } = await askWith(gateway, EXPLAIN, '{ __schema { queryType { name } } }');
    expect([errors?.[0]?.extensions?.code, extensions?.explain]).toEqual(['INTROSPECTION_DISABLED', undefined]);
  });
});
