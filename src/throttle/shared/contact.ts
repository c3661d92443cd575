/** What a replica and Redis say to each other. All times are whole milliseconds, ages rather than moments. */
import { z } from 'zod';

/** A slot, and how long ago its call must have reached Mode, by the replica's own clock; negative when it still may. */
export type AgedSlot = readonly [id: string, ageMs: number];

/** The replica, and the number it divides the windows by when it is cut off. */
export type KnownReplica = readonly [id: string, shares: number];

export interface Message {
  /** The replica. */
  readonly id: string;
  /** Redis does nothing after this, by its own clock. */
  readonly notAfter: number;
  /** Names what comes of this contact: slots, and an epoch should one begin. */
  readonly nonce: string;
  /** The history the replica knows, and how far it has seen it; an empty epoch when it knows none. */
  readonly epoch: string;
  readonly version: number;
  readonly known: readonly KnownReplica[];
  /** What the replica divides the windows by if it is cut off now; 0 when it has no share. */
  readonly ack: number;
  readonly windows: readonly (readonly [limit: number, backgroundLimit: number, lengthMs: number])[];
  readonly lease: number;
  readonly transit: number;
  readonly silent: number;
  readonly expiry: number;
  /** Nothing is granted for this long when nobody knows a history. */
  readonly grace: number;
  /** All calls of the replica that may count, for a Redis that may not know of them. */
  readonly live: readonly AgedSlot[];
  /** What became of slots that Redis granted. */
  readonly reports: readonly AgedSlot[];
  readonly gone: readonly string[];
  /** Nobody calls for this long. */
  readonly pause: number;
  /** What Mode said remained, of calls it had counted that long ago. */
  readonly told?: { readonly remaining: number; readonly limit?: number; readonly age: number };
  /** Slots wanted: as for a person, as for the background, and more if the windows are less than half full. */
  readonly persons: number;
  readonly background: number;
  readonly spare: number;
  /** The replica goes, and wants to be forgotten. */
  readonly leave: boolean;
}

/** Of a replica that asks for nothing and has nothing to tell. */
export const NO_NEWS = { live: [], reports: [], gone: [], pause: 0, persons: 0, background: 0, spare: 0 } as const;

export interface Reply {
  readonly redisNow: number;
  readonly epoch: string;
  readonly version: number;
  /** One for each slot: whether the background may have it. Ids follow from the nonce: `slotId`. */
  readonly granted: readonly boolean[];
  /** Less than half of each window is taken. */
  readonly isIdle: boolean;
  /** How soon one more could be granted, as things stand. */
  readonly nextForPersonMs: number;
  readonly nextForBackgroundMs: number;
  readonly pauseMs: number;
  /** Nothing is granted for this long, lest calls of a lost history still count. */
  readonly quarantineMs: number;
  readonly replicas: number;
  /** What to divide the windows by when cut off from now on; 0 for no share. */
  readonly ack: number;
  readonly known: readonly KnownReplica[];
  /** Calls kept free for replicas that are cut off. */
  readonly reserved: number;
  /** Of every slot that counts, or did a moment ago: how long ago its call must have reached Mode. Negative when it still may. */
  readonly ages: readonly number[];
}

const whole = z.number();
const wholes = z.array(whole);
const granted = z.tuple([
  z.literal(1),
  whole,
  z.string(),
  whole,
  wholes,
  whole,
  whole,
  whole,
  whole,
  whole,
  whole,
  whole,
  z.array(z.string()),
  wholes,
  whole,
  wholes,
]);

/** Redis carried nothing out, for it came to it too late; or what answered is not our script. */
export class ContactRefusedError extends Error {}

/** @throws {ContactRefusedError} */
export function readReply(raw: unknown): Reply {
  const { success, data } = granted.safeParse(raw);
  if (!success) throw new ContactRefusedError('Redis came to a contact too late');
  const [, redisNow, epoch, version, fits, idle, person, background, pause, quarantine, replicas, ack] = data;
  const [ids, shares, reserved, ages] = data.slice(12) as [string[], number[], number, number[]];
  return {
    redisNow,
    epoch,
    version,
    granted: fits.map((fit) => fit === 1),
    isIdle: idle === 1,
    nextForPersonMs: person,
    nextForBackgroundMs: background,
    pauseMs: pause,
    quarantineMs: quarantine,
    replicas,
    ack,
    known: ids.map((id, at) => [id, shares[at] ?? 0]),
    reserved,
    ages,
  };
}

export function slotId(nonce: string, place: number): string {
  return `${nonce}:${place + 1}`;
}
