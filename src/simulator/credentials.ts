import { Random } from './world/random.ts';
import type { SimMember } from './world/rows.ts';

/** An API key: HTTP Basic takes `token` as the user and `secret` as the password. `username` is who made it. */
export interface Credential {
  token: string;
  secret: string;
  username: string;
}

/** `admin` is a workspace key and sees everything; `member` and `colleague` see what their members see. */
export const CREDENTIAL_NAMES = ['admin', 'member', 'colleague'] as const;
export type CredentialName = (typeof CREDENTIAL_NAMES)[number];

export function isCredentialName(name: string): name is CredentialName {
  return (CREDENTIAL_NAMES as readonly string[]).includes(name);
}

/**
 * Who a call came from: a key, a signature token (`discovery`, dead ones included), nobody (no credential sent), or
 * somebody this Mode does not know.
 */
export type Caller = CredentialName | 'discovery' | 'anonymous' | 'unknown';

export type Credentials = Record<CredentialName, Credential>;

/** The keys of a world, the same for the same seed. */
export function makeCredentials(seed: number, makers: Readonly<Record<CredentialName, SimMember>>): Credentials {
  const random = new Random(seed, 'credentials');
  const keyOf = ({ username }: SimMember): Credential => ({ token: random.hex(12), secret: random.hex(24), username });
  return { admin: keyOf(makers.admin), member: keyOf(makers.member), colleague: keyOf(makers.colleague) };
}

/** Reads an `Authorization` header. Anything but one of the keys over Basic is `unknown`. */
export function recognise(credentials: Credentials, authorization: string | undefined): Caller {
  if (authorization === undefined) return 'anonymous';
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return 'unknown';
  const sent = Buffer.from(encoded, 'base64').toString('utf8');
  for (const name of CREDENTIAL_NAMES) {
    const { token, secret } = credentials[name];
    if (sent === `${token}:${secret}`) return name;
  }
  return 'unknown';
}
