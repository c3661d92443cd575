import { createHash } from 'node:crypto';
import type { Random } from './random.ts';

/** Makes 12-digit hexadecimal tokens, none of them twice. */
export class TokenMint {
  readonly #random: Random;
  readonly #issued = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  next(): string {
    let token = this.#random.hex(12);
    while (this.#issued.has(token)) token = this.#random.hex(12);
    this.#issued.add(token);
    return token;
  }
}

/** The token of a thing that is not stored, from what identifies it. */
export function tokenFor(...identity: (string | number)[]): string {
  return createHash('sha1').update(identity.join('/')).digest('hex').slice(0, 12);
}
