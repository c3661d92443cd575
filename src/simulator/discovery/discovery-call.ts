import type { Identity } from '../http/identify.ts';
import type { Scene } from '../rest/payload/scene.ts';
import type { SignatureTokens } from './signature-tokens.ts';
import type { Random } from '../world/random.ts';

/** One question to Discovery. The scene's world is the snapshot. */
export interface DiscoveryCall {
  scene: Scene;
  identity: Identity;
  method: string;
  /** Without the query string. */
  path: string;
  query: URLSearchParams;
  body: string;
  /** When it is answered, in clock milliseconds. */
  now: number;
  tokens: SignatureTokens;
  /** A fresh random stream, for orders that are drawn. */
  nextRandom: () => Random;
}
