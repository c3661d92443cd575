import type { Gateway } from '../../src/gateway.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

describe('/ready', () => {
  let mode: Simulator;

  beforeEach(async () => {
    mode = await startSmallMode();
  });

  afterEach(() => mode.close());

  const check = async (gateway: Gateway): Promise<{ status: number; body: unknown }> => {
    const response = await gateway.yoga.fetch('http://gateway/ready');
    return { status: response.status, body: await response.json() };
  };

  it('is 200 when Mode accepts the credential for this workspace', async () => {
    expect(await check(gatewayOver(envFor(mode)))).toEqual({ status: 200, body: { ready: true } });
    expect(mode.ledger.entries.map((entry) => entry.path)).toEqual(['/api/verify']);
  });

  it('is 503 and says why when Mode refuses the credential', async () => {
    expect(await check(gatewayOver({ ...envFor(mode), MODE_API_SECRET: 'wrong' }))).toEqual({
      status: 503,
      body: {
        ready: false,
        code: 'UPSTREAM_UNAUTHENTICATED',
        reason: expect.stringContaining('check MODE_API_TOKEN and MODE_API_SECRET') as unknown,
      },
    });
  });

  it('is 503 and names both workspaces when the credential belongs to another one', async () => {
    const other = await startSimulator({ size: { collections: 1, reports: 0 }, workspace: 'other' });
    expect(await check(gatewayOver({ ...envFor(other), MODE_WORKSPACE: 'acme' }))).toEqual({
      status: 503,
      body: { ready: false, code: 'UPSTREAM_FORBIDDEN', reason: expect.stringMatching(/"other".*"acme"/) as unknown },
    });
    await other.close();
  });

  it('is 503 when nobody answers at Mode’s address, and 200 once somebody does', async () => {
    const clock = new ShiftedClock();
    const port = Number(new URL(mode.url).port);
    const gateway = gatewayOver(envFor(mode), { clock });
    await mode.close();
    expect(await check(gateway)).toMatchObject({ status: 503, body: { ready: false, code: 'UPSTREAM_UNAVAILABLE' } });

    mode = await startSmallMode({ port });
    clock.skip(5_001);
    expect(await check(gateway)).toMatchObject({ status: 200 });
  });

  it('is 200 while Mode is dark and the catalog can be served, and says that it is', async () => {
    const clock = new ShiftedClock();
    const gateway = gatewayOver(envWithDiscovery(mode), { clock });
    await ask(gateway, '{ workspace { reports { totalCount } } }');
    await mode.close();
    expect(await check(gateway)).toEqual({
      status: 200,
      body: { ready: true, code: 'UPSTREAM_UNAVAILABLE', reason: expect.stringContaining('catalog') as unknown },
    });
  });

  it('is 503 though the catalog is held once Mode refuses the credential', async () => {
    const gateway = gatewayOver(envWithDiscovery(mode));
    await ask(gateway, '{ workspace { reports { totalCount } } }');
    mode.credentials.admin.secret = 'another';
    expect(await check(gateway)).toMatchObject({ status: 503, body: { code: 'UPSTREAM_UNAUTHENTICATED' } });
  });

  it('costs one call for 50 checks, one more a minute later, and one for checks made together', async () => {
    const clock = new SteppingClock();
    const gateway = gatewayOver(envFor(mode), { clock });
    await Promise.all(Array.from({ length: 25 }, () => check(gateway)));
    for (let each = 0; each < 25; each++) expect((await check(gateway)).status).toBe(200);
    expect(mode.ledger.entries).toHaveLength(1);

    clock.skip(60_001);
    await check(gateway);
    expect(mode.ledger.entries).toHaveLength(2);
  });

  it('asks again after five seconds while Mode is down, not on every check', async () => {
    const clock = new SteppingClock();
    const gateway = gatewayOver(envFor(mode), { clock });
    const fault = mode.faults.inject({ match: '/verify', kind: 'html200' });
    for (let each = 0; each < 10; each++) expect((await check(gateway)).status).toBe(503);
    expect(mode.ledger.entries).toHaveLength(1);

    fault.remove();
    clock.skip(5_001);
    expect((await check(gateway)).status).toBe(200);
  });

  it('does not keep a probe waiting behind a slow Mode', async () => {
    const clock = new SteppingClock();
    const gateway = gatewayOver(envFor(mode), { clock });
    mode.faults.inject({ match: '/verify', kind: 'slow', delayMs: 600_000 });
    const probe = check(gateway);
    await new Promise((resolve) => setImmediate(resolve));
    clock.skip(5_001);
    expect(await probe).toMatchObject({ status: 503, body: { ready: false } });
  });

  it('leaves no timer behind that would hold up a stopping process', async () => {
    const clock = new SteppingClock();
    await check(gatewayOver(envFor(mode), { clock }));
    expect(clock.waiting).toBe(0);
  });
});
