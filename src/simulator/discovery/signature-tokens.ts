import { Random } from '../world/random.ts';
import { DAY } from '../world/timeline.ts';

/** A key to Discovery. Times are clock milliseconds. */
export interface SignatureToken {
  /** Names it, and deletes it. 12 hex digits. */
  token: string;
  /** 24 hex digits. */
  accessKey: string;
  /** 24 hex digits. Told once, by the answer that mints it. */
  accessSecret: string;
  name: string;
  createdAt: number;
  /** From then on it opens nothing. */
  expiresAt: number;
  deletedAt: number | undefined;
}

/** Every signature token there ever was. Deleted ones are kept, so that tests can look at them. */
export class SignatureTokens {
  /** There from the start and good for ten years. Its key is the same for the same seed. */
  readonly preset: SignatureToken;
  /** Minted by calls, oldest first. */
  readonly minted: SignatureToken[] = [];
  readonly #random: Random;

  constructor(seed: number, now: number) {
    this.#random = new Random(seed, 'signature tokens');
    this.preset = this.#make('There from the start', now, now + 3650 * DAY);
  }

  mint(name: string, now: number, expiresAt: number): SignatureToken {
    const made = this.#make(name, now, expiresAt);
    this.minted.push(made);
    return made;
  }

  /** Whether there was one to delete. */
  delete(token: string, now: number): boolean {
    const found = this.#all().find((each) => each.token === token && each.deletedAt === undefined);
    if (found === undefined) return false;
    found.deletedAt = now;
    return true;
  }

  /**
   * The token of an `Authorization: Bearer` header, alive or dead. The three parts are joined by colons in base64,
   * which has to be strict: padded, and without a line break.
   */
  recognise(bearer: string): SignatureToken | undefined {
    const sent = Buffer.from(bearer, 'base64');
    if (sent.toString('base64') !== bearer) return undefined;
    const text = sent.toString('utf8');
    return this.#all().find((each) => text === `${each.token}:${each.accessKey}:${each.accessSecret}`);
  }

  #all(): SignatureToken[] {
    return [this.preset, ...this.minted];
  }

  #make(name: string, createdAt: number, expiresAt: number): SignatureToken {
    const hex = (digits: number): string => this.#random.hex(digits);
    return {
      token: hex(12),
      accessKey: hex(24),
      accessSecret: hex(24),
      name,
      createdAt,
      expiresAt,
      deletedAt: undefined,
    };
  }
}

export function isLive({ expiresAt, deletedAt }: SignatureToken, now: number): boolean {
  return deletedAt === undefined && now < expiresAt;
}
