import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { checkClock, skewOf } from '../../../src/cli/doctor/check-clock.ts';
import { scopeOf } from '../../../src/cli/doctor/check-credential.ts';
import { checkNode, OLDEST_NODE } from '../../../src/cli/doctor/check-node.ts';
import { connectionFailure } from '../../../src/mode/connection-failure.ts';
import type { SeenCall } from '../../../src/cli/doctor/seen-call.ts';

const NOON = Date.UTC(2026, 8, 1, 12);

const call = (sentAt: number, date: number | undefined): SeenCall => ({
  method: 'GET',
  path: '/api/verify',
  sentAt,
  answeredAt: sentAt + 200,
  status: 200,
  failure: undefined,
  date,
  isHtml: false,
  redirect: undefined,
  limit: undefined,
  remaining: undefined,
});

describe('the doctor’s view of the clock', () => {
  it('never blames a clock that is right, however slow the network and wherever in it Mode wrote its date', () => {
    fc.assert(
      fc.property(fc.nat(60_000), fc.nat(60_000), fc.nat(999), (outMs, backMs, phase) => {
        const sentAt = NOON + phase;
        const date = Math.floor((sentAt + outMs) / 1_000) * 1_000;
        expect(skewOf({ sentAt, answeredAt: sentAt + outMs + backMs }, date)).toBe(0);
      }),
    );
  });

  it('never tells more than the true difference, and no less by more than the call took and a second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e8, max: 1e8 }),
        fc.nat(5_000),
        fc.nat(5_000),
        fc.nat(999),
        (aheadMs, outMs, backMs, phase) => {
          const sentAtMode = NOON + phase;
          const date = Math.floor((sentAtMode + outMs) / 1_000) * 1_000;
          const sentAt = sentAtMode + aheadMs;
          const told = skewOf({ sentAt, answeredAt: sentAt + outMs + backMs }, date);
          expect(Math.abs(told)).toBeLessThanOrEqual(Math.abs(aheadMs));
          expect(Math.abs(aheadMs) - Math.abs(told)).toBeLessThanOrEqual(outMs + backMs + 1_000);
          if (told !== 0) expect(Math.sign(told)).toBe(Math.sign(aheadMs));
        },
      ),
    );
  });

  it.each([
    [0, 'ok', 'agrees'],
    [4_000, 'ok', 'agrees'],
    [31_000, 'warning', '30 s ahead of'],
    [-31_000, 'warning', '31 s behind'],
    [-600_000, 'problem', '10 min behind'],
    [7_200_000 + 1_000, 'problem', '2 h ahead of'],
  ])('%d ms off is %s', (aheadMs, level, words) => {
    const finding = checkClock([call(NOON + aheadMs, NOON)]);
    expect(finding.level).toBe(level);
    expect(finding.message).toContain(words);
    expect(finding.remedy === undefined).toBe(level === 'ok');
  });

  it('says nothing when Mode does not tell the time', () => {
    expect(checkClock([call(NOON, undefined)]).level).toBe('skipped');
    expect(checkClock([]).level).toBe('skipped');
  });
});

describe('the doctor’s view of Node.js', () => {
  it.each([
    ['18.20.4', 'problem'],
    ['20.9.0', 'problem'],
    ['20.18.9', 'problem'],
    ['20.19.0', 'ok'],
    ['20.20.2', 'ok'],
    ['22.1.0', 'ok'],
    ['24.0.0', 'ok'],
  ])('%s is %s', (version, level) => {
    expect(checkNode(version).level).toBe(level);
  });

  it('goes by the same floor as the package', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${OLDEST_NODE}`);
  });
});

it.each([
  ['workspace', 'workspace'],
  ['Organization', 'workspace'],
  ['member', 'member'],
  [null, 'unknown'],
  ['something new', 'unknown'],
])('the doctor takes a key of scope %s for one of: %s', (apiKeyScope, scope) => {
  expect(scopeOf({ apiKeyScope, workspace: null, workspaceToken: null, linkedWorkspace: null })).toBe(scope);
});

it.each([
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not one that Node.js trusts'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate is not one that Node.js trusts'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is not one that Node.js trusts'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not one that Node.js trusts'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is not one that Node.js trusts'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'it does not speak TLS as expected'],
  ['EPROTO', 'it does not speak TLS as expected'],
  ['ENOTFOUND', 'there is no such name, or no network'],
  ['EAI_AGAIN', 'there is no such name, or no network'],
  ['ECONNREFUSED', 'nobody listens there'],
  ['EHOSTUNREACH', 'there is no way there'],
  ['UND_ERR_CONNECT_TIMEOUT', 'it does not answer in time'],
  ['UND_ERR_SOCKET', 'the connection is cut'],
  ['UNKNOWN', 'the connection failed, or a proxy on the way wants a password'],
])('what Node.js calls %s is told as: %s', (code, why) => {
  expect(connectionFailure(code).why).toBe(why);
});
