import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mintSignatureTokens } from '../../src/mode/discovery/minted-signature-tokens.ts';
import { CodedError } from '../../src/throttle/coded-error.ts';
import { openDiscovery, type DiscoveryHouse, type DiscoveryHouseOptions } from '../catalog/discovery-house.ts';
import { failure, moveInto, until } from './house.ts';

const MINUTE = 60_000;

let house: DiscoveryHouse;

const open = async (options: DiscoveryHouseOptions = {}): Promise<void> => {
  house = await openDiscovery({ tokens: 'minted', ...options });
};
const minted = () => house.mode.signatureTokens;
const live = () => minted().filter((token) => token.deletedAt === undefined && token.expiresAt > house.clock.now());
const lists = () => house.mode.ledger.calls({ method: 'GET', api: 'DISCOVERY' }).length;
const idle = () => house.throttle.state().running + house.throttle.state().queued === 0;

afterEach(async () => {
  await house.tokens.dispose();
  await house.mode.close();
});

describe('a given signature token', () => {
  it.each([401, 404] as const)(
    'that Mode calls dead with %i is told at once, and nothing is minted',
    async (deadToken) => {
      await open({ tokens: 'given', simulator: { behaviour: { deadToken } } });
      house.mode.discovery.expiresAt = house.clock.now() - 1;
      expect(await failure(house.scan('reports'))).toMatchObject({ code: 'UPSTREAM_UNAUTHENTICATED' });
      expect([lists(), house.tokenCalls('POST')]).toEqual([1, 0]);
    },
  );

  it('is not deleted when we are done with it', async () => {
    await open({ tokens: 'given' });
    await house.tokens.dispose();
    expect(house.mode.discovery.deletedAt).toBeUndefined();
    expect(house.mode.ledger.entries).toEqual([]);
  });
});

describe('a minted signature token', () => {
  it('is made once for ten who ask first at the same time', async () => {
    await open();
    const scans = await Promise.all(Array.from({ length: 10 }, () => house.scan('members')));
    expect(scans.every((scan) => scan.rows?.length === 12)).toBe(true);
    expect([house.tokenCalls('POST'), minted().length]).toEqual([1, 1]);
  });

  it('is not made before anybody asks, nor for another list', async () => {
    await open();
    expect(house.tokenCalls('POST')).toBe(0);
    await house.scan('members');
    await house.scan('reports');
    expect(house.tokenCalls('POST')).toBe(1);
  });

  it('is asked for with an end to the minute, which is the form Mode documents', async () => {
    await open();
    const before = house.clock.now();
    await house.scan('members');
    const [token] = minted();
    expect((token?.expiresAt ?? 1) % MINUTE).toBe(0);
    expect((token?.expiresAt ?? 0) - before).toBeGreaterThan(55 * MINUTE);
    expect((token?.expiresAt ?? 0) - before).toBeLessThanOrEqual(61 * MINUTE);
  });

  it('is renewed before it ends, once for all who ask, and the old one is deleted', async () => {
    await open();
    await house.scan('members');
    house.clock.skip(50 * MINUTE);
    await house.scan('members');
    expect(minted()).toHaveLength(1);
    house.clock.skip(7 * MINUTE);
    await Promise.all([house.scan('members'), house.scan('reports')]);
    await until(idle);
    expect(minted()).toHaveLength(2);
    expect(minted()[0]?.deletedAt).toBeDefined();
    expect(house.mode.ledger.countByStatus()).toEqual({ 200: house.mode.ledger.entries.length });
  });

  it('goes on being used when it cannot be renewed, until it ends', async () => {
    await open();
    await house.scan('members');
    house.clock.skip(56 * MINUTE);
    house.mode.faults.inject({ match: 'signature_tokens', kind: 'reset' });
    expect((await house.scan('members')).rows).toHaveLength(12);
    house.clock.skip(5 * MINUTE);
    expect(await failure(house.scan('members'))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it.each([401, 404] as const)(
    'that Mode calls dead with %i is replaced, once for all who met it',
    async (deadToken) => {
      await open({ simulator: { behaviour: { deadToken } } });
      await house.scan('members');
      house.mode.ledger.clear();
      for (const token of minted()) token.deletedAt = house.clock.now();
      const { rows } = await house.scan('reports', 6);
      expect(rows).toHaveLength(57);
      expect([house.tokenCalls('POST'), lists()]).toEqual([1, 12]);
    },
  );

  it('is not replaced for ever when Mode likes none', async () => {
    await open();
    house.mode.faults.inject({ match: '/batch/acme/reports', kind: 'status401' });
    expect(await failure(house.scan('reports', 6))).toMatchObject({ code: 'UPSTREAM_UNAUTHENTICATED' });
    await until(idle);
    expect(house.tokenCalls('POST')).toBe(2);
    expect(live()).toHaveLength(1);
  });

  it.each([
    ['the key is a member’s', { as: 'member' }, 'UPSTREAM_FORBIDDEN'],
    ['the plan has no Discovery', { simulator: { behaviour: { discoveryPlan: false } } }, 'UPSTREAM_FORBIDDEN'],
    ['the key is not known', { http: { authorization: 'Basic bm9ib2R5Om5vdGhpbmc=' } }, 'UPSTREAM_UNAUTHENTICATED'],
  ] as const)('that is refused because %s is a coded error, after one call', async (_, options, code) => {
    await open(options);
    expect(await failure(house.scan('reports'))).toMatchObject({ code, subject: { api: 'DISCOVERY' } });
    expect(house.mode.ledger.entries).toHaveLength(1);
  });

  it('can be had later when it was refused: a refusal made nothing', async () => {
    await open({ simulator: { behaviour: { discoveryPlan: false } } });
    await failure(house.scan('reports'));
    house.mode.behaviour.discoveryPlan = true;
    expect((await house.scan('reports')).rows).toHaveLength(57);
  });

  it('can be had at once when a proxy on the way had refused it: Mode was never asked', async () => {
    await open();
    house.mode.faults.inject({ match: 'signature_tokens', kind: 'html403', times: 1 });
    expect(await failure(house.scan('reports'))).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
    expect((await house.scan('reports')).rows).toHaveLength(57);
    expect(live()).toHaveLength(1);
  });

  it('says that the clock is wrong when Mode does not take the time at which it is to end', async () => {
    await open();
    const server = createServer((_request, response) => {
      response.writeHead(422, { 'content-type': 'application/json' });
      response.end('{"id":"invalid","message":{"expires_at":["must be in the future"]}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { http, clock } = moveInto(house.mode, house.clock, { http: { baseUrl: `http://127.0.0.1:${port}` } });
    const tokens = mintSignatureTokens({ http, clock, workspace: house.mode.workspace });
    for (let n = 0; n < 2; n++) {
      const error = await failure(tokens.current());
      expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', status: 422 });
      expect(error).toMatchObject({ message: expect.stringContaining('set this machine’s clock right') as unknown });
    }
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });
});

describe('a mint whose answer leaves open whether it happened', () => {
  const unclear = [
    ['reset', 'UPSTREAM_UNAVAILABLE'],
    ['html502', 'UPSTREAM_UNAVAILABLE'],
    ['status500', 'UPSTREAM_UNAVAILABLE'],
    ['truncated', 'UPSTREAM_UNAVAILABLE'],
    ['truncatedJson', 'UPSTREAM_INVALID_RESPONSE'],
    ['html200', 'UPSTREAM_INVALID_RESPONSE'],
    ['slow', 'UPSTREAM_TIMEOUT'],
  ] as const;

  it.each(unclear)('(%s) is not tried again until what it may have made has ended', async (kind, code) => {
    await open({ http: { timeoutMs: 15_000 } });
    house.mode.faults.inject({ match: 'signature_tokens', kind, times: 1 });
    expect(await failure(house.scan('reports'))).toMatchObject({ code });
    for (const minutes of [1, 20, 30]) {
      house.clock.skip(minutes * MINUTE);
      expect(await failure(house.scan('reports'))).toMatchObject({ code });
    }
    expect(house.tokenCalls('POST')).toBe(1);
    house.clock.skip(10 * MINUTE);
    expect((await house.scan('reports')).rows).toHaveLength(57);
    expect(house.tokenCalls('POST')).toBe(2);
    expect(live()).toHaveLength(1);
  });

  it('is one that came without its secret, too', async () => {
    await open();
    house.mode.faults.inject({
      match: 'signature_tokens',
      kind: 'mutate',
      mutate: (payload) => ({ ...(payload as object), access_secret: null }),
    });
    const errors = [await failure(house.scan('reports')), await failure(house.scan('members'))];
    expect(errors).toMatchObject([{ field: 'access_secret' }, { field: 'access_secret' }]);
    expect(minted()).toHaveLength(1);
  });

  it('is not one that was refused with 429: that is sat out', async () => {
    await open();
    house.mode.faults.inject({ match: 'signature_tokens', kind: 'status429', retryAfter: '2', times: 2 });
    expect((await house.scan('reports')).rows).toHaveLength(57);
    expect(minted()).toHaveLength(1);
  });
});

describe('when the house is left', () => {
  it('the minted token is deleted, once however often that is said', async () => {
    await open();
    await house.scan('members');
    await Promise.all([house.tokens.dispose(), house.tokens.dispose()]);
    await house.tokens.dispose();
    expect(minted()[0]?.deletedAt).toBeDefined();
    expect(house.tokenCalls('DELETE')).toBe(1);
  });

  it('nothing is deleted that was not made', async () => {
    await open();
    await house.tokens.dispose();
    expect(house.mode.ledger.entries).toEqual([]);
  });

  it('a token that is being made is awaited and deleted', async () => {
    await open({ simulator: { behaviour: { discoveryLatencyMs: 5_000 } } });
    const current = house.tokens.current();
    await until(() => house.tokenCalls('POST') === 1);
    await house.tokens.dispose();
    await current;
    expect(minted().map((token) => token.deletedAt === undefined)).toEqual([false]);
  });

  it('the deletion of one that was renewed just before is waited for', async () => {
    await open();
    await house.scan('members');
    house.clock.skip(57 * MINUTE);
    house.mode.faults.inject({ match: /signature_tokens\/\w/, kind: 'slow', delayMs: 10_000 });
    await house.tokens.current();
    await house.tokens.dispose();
    expect(minted().map((token) => token.deletedAt === undefined)).toEqual([false, false]);
  });

  it('no new one is made for who asks afterwards', async () => {
    await open();
    await house.scan('members');
    await house.tokens.dispose();
    expect(await failure(house.scan('members'))).toBeInstanceOf(CodedError);
    expect(house.tokenCalls('POST')).toBe(1);
  });

  it.each(['status500', 'reset', 'status404', 'status401', 'html200', 'slow'] as const)(
    'a deletion that fails (%s) keeps nobody from leaving',
    async (kind) => {
      await open({ http: { timeoutMs: 15_000 } });
      await house.scan('members');
      house.mode.faults.inject({ match: /signature_tokens\/\w/, kind });
      await expect(house.tokens.dispose()).resolves.toBeUndefined();
    },
  );

  it('a Mode that is not there keeps nobody from leaving', async () => {
    await open();
    await house.scan('members');
    await house.mode.close();
    await expect(house.tokens.dispose()).resolves.toBeUndefined();
  });
});

describe('the secrets of a minted token', () => {
  it('are in no error, whatever goes wrong', async () => {
    await open({ http: { timeoutMs: 15_000 } });
    await house.scan('members');
    const errors: unknown[] = [];
    for (const kind of ['status403', 'status401', 'html200', 'reset', 'truncatedJson', 'slow'] as const) {
      const fault = house.mode.faults.inject({ match: 'reports', kind });
      errors.push(await failure(house.scan('reports')));
      fault.remove();
    }
    const told = errors.map((error) => describeWhole(error)).join('\n');
    const { secret } = house.mode.credentials.admin;
    for (const hidden of [secret, ...minted().flatMap((each) => [each.accessKey, each.accessSecret])]) {
      expect(told).not.toContain(hidden);
      expect(told).not.toContain(Buffer.from(hidden).toString('base64').slice(0, 20));
    }
    expect(told).toContain('UPSTREAM_FORBIDDEN');
    expect(JSON.stringify(house.tokens)).toBe('{}');
  });
});

/** All that a logger could print of an error. */
function describeWhole(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error));
  const details = error instanceof CodedError ? `${error.code} ${JSON.stringify(error.details)}` : '';
  return `${own} ${details} ${error.cause === undefined ? '' : describeWhole(error.cause)}`;
}
