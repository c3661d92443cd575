import { copyWorld } from '../world/copy-world.ts';
import { Random } from '../world/random.ts';
import type { World } from '../world/world.ts';
import type { SignatureTokens } from './signature-tokens.ts';

/**
 * The Discovery service: its tokens, and the world as it last looked. Mode fills Discovery now and then, so that it
 * lags behind the REST service; here it is filled when the simulator starts, and when told to.
 */
export class Discovery {
  readonly tokens: SignatureTokens;
  readonly #world: World;
  readonly #seed: number;
  #snapshot: World;
  #draws = 0;

  constructor(world: World, seed: number, tokens: SignatureTokens) {
    this.tokens = tokens;
    this.#world = world;
    this.#seed = seed;
    this.#snapshot = copyWorld(world);
  }

  /** What Discovery knows. Holds no deleted rows. */
  get snapshot(): World {
    return this.#snapshot;
  }

  /** Looks at the world again. */
  rebuild(): void {
    this.#snapshot = copyWorld(this.#world);
  }

  /** A stream of its own for every request that wants one: the same requests in the same order get the same streams. */
  nextRandom(): Random {
    this.#draws += 1;
    return new Random(this.#seed, `discovery ${this.#draws}`);
  }
}
