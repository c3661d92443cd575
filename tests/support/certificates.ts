/** Certificates for TLS on this machine, made as they are needed: none can expire in the repository, and no key lies there. */
import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface Identity {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

interface Issuer extends Identity {
  readonly name: string;
}

/** An authority that nobody trusts unless told to, such as that of a company's proxy. */
export function makeAuthority(name: string): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = extension('551d13', sequence(der(0x01, Buffer.from([0xff]))));
  const certificate = makeCertificate({ subject: name, publicKey, issuer: name, signer: privateKey }, isAuthority);
  return { name, certificate, key: pemOf(privateKey) };
}

/** A certificate for 127.0.0.1 that `authority` vouches for. */
export function makeIdentity(authority: Issuer): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const address = extension('551d11', sequence(der(0x87, Buffer.from([127, 0, 0, 1]))));
  const signer = createPrivateKey(authority.key);
  const certificate = makeCertificate({ subject: '127.0.0.1', publicKey, issuer: authority.name, signer }, address);
  return { certificate, key: pemOf(privateKey) };
}

interface Parties {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  readonly signer: KeyObject;
}

const DAY_MS = 86_400_000;
/** ecdsa-with-SHA256. */
const ALGORITHM = sequence(oid('2a8648ce3d040302'));

/** As RFC 5280 has it: what is certified, how it is signed, the signature. */
function makeCertificate({ subject, publicKey, issuer, signer }: Parties, extra: Buffer): string {
  const certified = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ALGORITHM,
    nameOf(issuer),
    sequence(time(Date.now() - DAY_MS), time(Date.now() + DAY_MS)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extra)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', certified, signer));
  const lines = sequence(certified, ALGORITHM, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function nameOf(text: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text, 'utf8')))));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(text, 'ascii'));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function integer(value: Buffer): Buffer {
  return der(0x02, value);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** A tag, the length of what follows, and that. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}
