import type { IncomingMessage } from 'node:http';
import type { Behaviour } from '../behaviour.ts';
import { isCredentialName, recognise, type Caller, type Credentials } from '../credentials.ts';
import { isLive, type SignatureTokens } from '../discovery/signature-tokens.ts';
import type { Api } from '../ledger.ts';

/** Which of Mode's two services a call is for, and who makes it. */
export interface Identity {
  api: Api;
  caller: Caller;
  /** Discovery only: whether a Bearer was sent, and whether it opens anything. */
  bearer: 'none' | 'live' | 'dead';
  /** The rate window it counts in. Callers that are not who they say count nowhere. */
  bucket: string | undefined;
}

/** Paths of the Discovery service. Everything else is the REST service's. */
const BATCH = /^\/batch(\/|\?|$)/;

/** The REST service knows API keys only; Discovery knows them and signature tokens. `now` decides what has expired. */
export function identify(
  { url = '/', headers: { authorization } }: IncomingMessage,
  known: { credentials: Credentials; tokens: SignatureTokens; behaviour: Behaviour },
  now: number,
): Identity {
  const { credentials, tokens, behaviour } = known;
  const api = BATCH.test(url) ? 'DISCOVERY' : 'REST';
  const sent = api === 'DISCOVERY' ? /^Bearer\s+(\S.*)$/i.exec(authorization ?? '')?.[1] : undefined;
  if (sent === undefined) {
    const caller = recognise(credentials, authorization);
    const bucket = isCredentialName(caller) ? credentials[caller].username : undefined;
    return { api, caller, bearer: 'none', bucket };
  }
  const token = tokens.recognise(sent);
  if (token === undefined) return { api, caller: 'unknown', bearer: 'dead', bucket: undefined };
  if (!isLive(token, now)) return { api, caller: 'discovery', bearer: 'dead', bucket: undefined };
  // Only an admin can mint, and there is one admin key.
  const { username } = credentials.admin;
  const bucket = behaviour.discoveryBucket === 'shared' ? username : `discovery of ${username}`;
  return { api, caller: 'discovery', bearer: 'live', bucket };
}
