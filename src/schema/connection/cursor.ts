/**
 * Cursors are keysets: where a row stands in an order, not how many rows stand before it. Rows that
 * come and go between two pages make no other row repeat or vanish.
 */
import { createHash } from 'node:crypto';
import type { Pins } from '../../loading/parts.ts';

export type SortValue = string | number | null;

/** A row's place: its value in the order, and its token, which settles ties. */
export interface Position {
  readonly value: SortValue;
  readonly token: string;
}

/** What a cursor is good for: the list, its filter and its order. */
export interface ListIdentity {
  /** Names the list and its parent, such as `Collection.reports:5a0…`. */
  readonly list: string;
  readonly filter: unknown;
  readonly order: string;
}

/** A place, and the snapshots the list was cut from when the cursor was made, each by the moment it was read. */
export interface DecodedCursor {
  readonly position: Position;
  readonly pins: Pins;
}

const VERSION = 2;

/** A short name of the identity; every cursor of the list carries it. */
export function fingerprint(identity: ListIdentity): string {
  const text = `${JSON.stringify([identity.list, identity.order])} ${textOfFilter(identity.filter)}`;
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

/** The same text for filters that mean the same. */
export function textOfFilter(filter: unknown): string {
  return JSON.stringify(canonical(filter) ?? null);
}

export function encodeCursor(position: Position, listFingerprint: string, pins: Pins = {}): string {
  return cursorWriter(listFingerprint, pins)(position);
}

/** Writes the cursors of one list, of which only the places differ. */
export function cursorWriter(listFingerprint: string, pins: Pins = {}): (position: Position) => string {
  const start = `[${VERSION},${JSON.stringify(listFingerprint)},`;
  const end = `,${JSON.stringify(pins)}]`;
  return ({ value, token }) =>
    Buffer.from(`${start}${JSON.stringify(value)},${JSON.stringify(token)}${end}`, 'utf8').toString('base64url');
}

/** Undefined for anything that `encodeCursor` did not make for this list. */
export function decodeCursor(cursor: string, listFingerprint: string): DecodedCursor | undefined {
  if (cursor.length > 4_096 || !/^[\w-]+$/.test(cursor)) return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 5) return undefined;
  const [version, owner, value, token, pins] = parts as unknown[];
  if (version !== VERSION || owner !== listFingerprint || typeof token !== 'string') return undefined;
  if (value !== null && typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (!isPins(pins)) return undefined;
  return { position: { value, token }, pins };
}

function isPins(value: unknown): value is Pins {
  return typeof value === 'object' && value !== null && Object.values(value).every((asOf) => typeof asOf === 'number');
}

/** The same value for inputs that mean the same: keys sorted; null, absent and `{}` alike, for none is a condition. */
function canonical(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value)
    .map(([key, member]) => [key, canonical(member)] as const)
    .filter(([, member]) => member != null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return given.length === 0 ? null : given;
}
