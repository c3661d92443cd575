import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import type { Gateway } from '../../../src/gateway.ts';
import type { Simulator } from '../../../src/simulator/index.ts';
import { envFor, gatewayOver, post, startSmallMode, type Answer } from '../../support/gateway.ts';

const AUDIENCE = 'mode-graphql';

/** An issuer of tokens, which publishes its keys over a socket. */
let issuer: Server;
let issuerUrl: string;
let published: JWK[];
let fetches = 0;
let answersWith = 200;
let privateKey: CryptoKey;
let mode: Simulator;
let gateway: Gateway;

async function newKey(kid: string): Promise<CryptoKey> {
  const pair = await generateKeyPair('ES256');
  published = [...published, { ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256', use: 'sig' }];
  return pair.privateKey;
}

interface Claims {
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string | null;
  readonly expires?: string | null;
  readonly kid?: string;
  readonly notBefore?: string;
}

function tokenWith(claims: Claims = {}, key = privateKey): Promise<string> {
  const { issuer: iss = issuerUrl, audience = AUDIENCE, subject = 'ada', expires = '5m', kid = 'first' } = claims;
  const token = new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).setIssuer(iss).setAudience(audience);
  if (subject !== null) token.setSubject(subject);
  if (expires !== null) token.setExpirationTime(expires);
  if (claims.notBefore !== undefined) token.setNotBefore(claims.notBefore);
  return token.sign(key);
}

async function statusWith(token: string | undefined): Promise<[number, unknown]> {
  const request = post('{ __typename }');
  const headers = new Headers(request.headers);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers });
  const answer = (await response.json()) as Answer;
  return [response.status, answer.errors?.[0]?.extensions?.code];
}

beforeEach(async () => {
  published = [];
  fetches = 0;
  answersWith = 200;
  issuer = createServer((_, response) => {
    fetches++;
    response.writeHead(answersWith, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  privateKey = await newKey('first');
  mode = await startSmallMode();
  gateway = gatewayOver({
    ...envFor(mode),
    GATEWAY_AUTH: 'jwt',
    GATEWAY_JWT_ISSUER: issuerUrl,
    GATEWAY_JWT_AUDIENCE: AUDIENCE,
  });
});

afterEach(async () => {
  await gateway.dispose();
  await mode.close();
  issuer.closeAllConnections();
  await new Promise((resolve) => issuer.close(resolve));
});

it('a token of the issuer’s lets in, and its keys are fetched once', async () => {
  for (let time = 0; time < 5; time++) {
    expect(await statusWith(await tokenWith({ subject: `person ${time}` }))).toEqual([200, undefined]);
  }
  expect(fetches).toBe(1);
});

it.each<[string, () => Promise<string | undefined>]>([
  ['no token', () => Promise.resolve(undefined)],
  ['no JSON Web Token', () => Promise.resolve('0123456789abcdef')],
  ['one that has expired', () => tokenWith({ expires: '1 minute ago' })],
  ['one that is not valid yet', () => tokenWith({ notBefore: '5 minutes from now' })],
  ['one of another issuer', () => tokenWith({ issuer: 'https://elsewhere.test/' })],
  ['one for another service', () => tokenWith({ audience: 'another' })],
  ['one without an end', () => tokenWith({ expires: null })],
  ['one without a subject', () => tokenWith({ subject: null })],
  ['one signed by somebody else', async () => tokenWith({}, (await generateKeyPair('ES256')).privateKey)],
  ['one signed with a key nobody published', () => tokenWith({ kid: 'unheard-of' })],
  [
    'one that is not signed',
    () =>
      Promise.resolve(
        new UnsecuredJWT({})
          .setIssuer(issuerUrl)
          .setAudience(AUDIENCE)
          .setSubject('ada')
          .setExpirationTime('5m')
          .encode(),
      ),
  ],
  [
    'one signed with the public key as a shared secret',
    () =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .setIssuer(issuerUrl)
        .setAudience(AUDIENCE)
        .setSubject('ada')
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode(JSON.stringify(published[0]))),
  ],
])('%s does not', async (_, make) => {
  expect(await statusWith(await make())).toEqual([401, 'UNAUTHENTICATED']);
  expect(mode.ledger.entries).toEqual([]);
});

it('while the issuer cannot be reached that is said, and no token is called wrong', async () => {
  answersWith = 500;
  expect(await statusWith(await tokenWith())).toEqual([503, 'UPSTREAM_UNAVAILABLE']);
  answersWith = 200;
  expect(await statusWith(await tokenWith())).toEqual([200, undefined]);
});
