import { gzipSync } from 'node:zlib';
import express from 'express';
import { createGateway, type Gateway } from '../../src/index.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, startSmallMode } from '../support/gateway.ts';
import { serveExpress, serveFastify, serveHono, type Served } from './servers.ts';

const QUESTION = { query: 'query Name($with: Boolean!) { workspace { name @include(if: $with) username } }' };
const body = JSON.stringify({ ...QUESTION, variables: { with: true } });
const LOST = [500, { errors: [{ extensions: { code: 'BODY_ALREADY_READ' } }] }];

let mode: Simulator;
let gateway: Gateway;
let warnings: string[];
let served: Served | undefined;

beforeAll(async () => {
  mode = await startSmallMode();
});
beforeEach(() => {
  warnings = [];
  gateway = createGateway(envFor(mode), { warn: (message) => warnings.push(message) });
});
afterEach(async () => {
  await served?.close();
  await gateway.dispose();
});
afterAll(() => mode.close());

async function send(
  sent: string | Uint8Array<ArrayBuffer> = body,
  headers: Record<string, string> = {},
): Promise<unknown[]> {
  const response = await fetch(`${served?.url ?? ''}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: sent,
  });
  return [response.status, (await response.json()) as unknown];
}

const answered = (): unknown[] => {
  const { name, username } = mode.world.workspace;
  return [200, { data: { workspace: { name, username } } }];
};

describe('a body that was read before the gateway got it', () => {
  it.each([
    ['as JSON', () => express.json()],
    ['as text', () => express.text({ type: '*/*' })],
    ['as bytes', () => express.raw({ type: '*/*' })],
  ])('%s, by a parser of Express, is taken from there', async (_as, parser) => {
    served = await serveExpress((app) => app.use(parser()).all('/graphql', gateway.handler));
    expect(await send()).toMatchObject(answered());
    expect(warnings).toEqual([]);
  });

  it('as JSON is held to the same bounds, and to the same list of types', async () => {
    served = await serveExpress((app) => {
      app.use(express.json({ limit: '5mb' }), express.urlencoded({ extended: true })).all('/graphql', gateway.handler);
    });
    const refused = (status: number, code: string): unknown[] => [status, { errors: [{ extensions: { code } }] }];
    expect(await send(JSON.stringify({ ...QUESTION, more: 'x'.repeat(1_100_000) }))).toMatchObject(
      refused(413, 'REQUEST_ENTITY_TOO_LARGE'),
    );
    expect(await send('[]')).toMatchObject(refused(400, 'BAD_REQUEST'));
    expect(await send('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject(
      refused(415, 'UNSUPPORTED_MEDIA_TYPE'),
    );
    // The parser would inflate it; the gateway takes none that was sent so.
    expect(await send(new Uint8Array(gzipSync(body)), { 'content-encoding': 'gzip' })).toMatchObject(
      refused(415, 'UNSUPPORTED_MEDIA_TYPE'),
    );
  });

  it('is still in the request when a parser has left it alone', async () => {
    served = await serveExpress((app) => {
      app.use((request, _response, next) => {
        // As the parsers of Express 4 do for a type that is not theirs.
        request.body = {};
        next();
      });
      app.all('/graphql', gateway.handler);
    });
    expect(await send()).toMatchObject(answered());
  });

  it('is taken from Fastify’s own request, whose parser comes first unless it is taken out', async () => {
    served = await serveFastify((app) =>
      app.all('/graphql', (request, reply) => {
        reply.hijack();
        return gateway.handler(request, reply);
      }),
    );
    expect(await send()).toMatchObject(answered());
  });

  it('and is nowhere any more, is a fault of the mount, of which the operator is told once', async () => {
    served = await serveFastify((app) =>
      app.all('/graphql', (request, reply) => {
        reply.hijack();
        return gateway.handler(request.raw, reply.raw);
      }),
    );
    expect(await send()).toMatchObject(LOST);
    expect(await send()).toMatchObject(LOST);
    expect(warnings).toEqual([expect.stringMatching(/^Something read the body .* mount the gateway in front/)]);
    // What has no body is answered all the same.
    const got = await fetch(`${served.url}/graphql?query={__typename}`);
    expect(await got.json()).toMatchObject({ data: { __typename: 'Query' } });
  });

  it('by somebody who listened to it, is gone too', async () => {
    served = await serveExpress((app) => {
      app.use((request, _response, next) => void request.resume().once('end', () => next()));
      app.all('/graphql', gateway.handler);
    });
    expect(await send()).toMatchObject(LOST);
  });

  it('out of a Request of the Fetch API, is gone too', async () => {
    served = await serveHono((app) =>
      app.all('/graphql', async (context) => {
        await context.req.json();
        return gateway.fetch(context.req.raw);
      }),
    );
    expect(await send()).toMatchObject(LOST);
    expect(warnings).toHaveLength(1);
  });
});
