import { Random } from './world/random.ts';
import type { SimMember } from './world/rows.ts';

/** An API key: HTTP Basic takes `token` as the user and `secret` as the password. `username` is who made it. */
export interface Credential {
  token: string;
  secret: string;
  username: string;
}

/** `admin` is a workspace key and sees everything; `member` sees what its member sees. */
export type CredentialName = 'admin' | 'member';

/**
 * Who a call came from: a key, a signature token (`discovery`, dead ones included), nobody (no credential sent), or
 * somebody this Mode does not know.
 */
export type Caller = CredentialName | 'discovery' | 'anonymous' | 'unknown';

export type Credentials = Record<CredentialName, Credential>;

/** The two keys of a world, the same for the same seed. */
export function makeCredentials(seed: number, admin: SimMember, member: SimMember): Credentials {
  const random = new Random(seed, 'credentials');
  return {
    admin: { token: random.hex(12), secret: random.hex(24), username: admin.username },
    member: { token: random.hex(12), secret: random.hex(24), username: member.username },
  };
}

/** Reads an `Authorization` header. Anything but one of the two keys over Basic is `unknown`. */
export function recognise(credentials: Credentials, authorization: string | undefined): Caller {
  if (authorization === undefined) return 'anonymous';
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return 'unknown';
  const sent = Buffer.from(encoded, 'base64').toString('utf8');
  for (const name of ['admin', 'member'] as const) {
    const { token, secret } = credentials[name];
    if (sent === `${token}:${secret}`) return name;
  }
  return 'unknown';
}
