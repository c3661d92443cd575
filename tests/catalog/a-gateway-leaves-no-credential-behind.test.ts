import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, gatewayOver, startSmallMode, until } from '../support/gateway.ts';
import { watchUnhandledRejections } from './unhandled-rejections.ts';

const QUESTION =
  '{ workspace { reports(first: 5, orderBy: { field: LAST_VIEWED_AT }) { nodes { name lastViewedAt } } } }';

describe('a gateway that mints its signature token', () => {
  let mode: Simulator;
  let gateway: Gateway;
  const told: unknown[] = [];
  const unhandled = watchUnhandledRejections();

  beforeEach(async () => {
    told.length = 0;
    mode = await startSmallMode();
    gateway = gatewayOver(
      { ...envFor(mode), MODE_DISCOVERY: 'mint' },
      { reportError: (...all) => told.push(...all), warn: (message) => told.push(message) },
    );
  });

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
    expect(unhandled.seen).toEqual([]);
  });

  afterAll(() => unhandled.stop());

  it('deletes it when it closes, and answers from Discovery until then', async () => {
    const answer = await ask(gateway, QUESTION);
    expect(answer.errors).toBeUndefined();
    expect(mode.signatureTokens.map((token) => token.deletedAt)).toEqual([undefined]);
    await gateway.dispose();
    expect(mode.signatureTokens.map((token) => typeof token.deletedAt)).toEqual(['number']);
  });

  it('says what making it cost', async () => {
    const answer = await ask(gateway, QUESTION);
    expect(mode.ledger.calls({ method: 'POST' })).toHaveLength(1);
    expect(answer.extensions?.upstream.calls.discovery).toBe(mode.ledger.calls({ api: 'DISCOVERY' }).length);
  });

  it('deletes it when it closes while it warms', async () => {
    mode.behaviour.discoveryLatencyMs = 100;
    await gateway.start();
    await until(() => mode.ledger.calls({ method: 'POST' }).length > 0);
    await gateway.dispose();
    await until(() => gateway.throttle.state().running === 0);
    expect(mode.signatureTokens.filter((token) => token.deletedAt === undefined)).toEqual([]);
  });

  it('closes though Mode is gone', async () => {
    await ask(gateway, QUESTION);
    await mode.close();
    await expect(gateway.dispose()).resolves.toBeUndefined();
  });

  it('tells neither its callers nor its log a secret, whatever goes wrong', async () => {
    const answers: unknown[] = [await ask(gateway, QUESTION)];
    for (const kind of ['status403', 'html200', 'truncatedJson', 'reset'] as const) {
      mode.faults.inject({ match: '/batch/', kind });
      await gateway.catalog.refresh('reports', {}).catch((error: unknown) => told.push(error));
      answers.push(await ask(gateway, `{ catalog { __typename } workspace { name } }`));
      mode.faults.clear();
    }
    const all = [...answers, ...told].map((each) =>
      each instanceof Error ? `${each.stack} ${JSON.stringify(each)}` : JSON.stringify(each),
    );
    const hidden = [
      mode.credentials.admin.secret,
      ...mode.signatureTokens.flatMap(({ accessKey, accessSecret }) => [accessKey, accessSecret]),
    ];
    expect(hidden).toHaveLength(3);
    expect(hidden.filter((secret) => all.join('\n').includes(secret))).toEqual([]);
  });
});
