import { serverAudits } from 'graphql-http';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, gatewayOver, serve, startSmallMode } from '../support/gateway.ts';

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  let mode: Simulator;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
    server = await serve(gatewayOver(envFor(mode)));
  });

  afterAll(async () => {
    await server.stop();
    await mode.close();
  });

  it.each(
    serverAudits({ url: () => `${server.url}/graphql`, fetchFn: fetch }).map(
      (audit) => [audit.id, audit.name, audit.fn] as const,
    ),
  )('%s: %s', async (_id, _name, audit) => {
    const result = await audit();
    expect({ status: result.status, reason: 'reason' in result ? result.reason : undefined }).toEqual({ status: 'ok' });
  });
});
