import type { Caller, CredentialName } from '../credentials.ts';
import type { Answer } from './answer.ts';
import type { Scene } from './payload/scene.ts';

/** One authenticated question to the REST service. `tokens` holds the path's variable parts by name. */
export interface RestCall {
  scene: Scene;
  who: CredentialName;
  tokens: Record<string, string>;
  query: URLSearchParams;
  /** Without the query string, as it was asked. */
  path: string;
}

export type Handler = (call: RestCall) => Answer;

/** A question before anybody looked at who asks. */
export interface RawCall {
  scene: Scene;
  caller: Caller;
  method: string;
  path: string;
  query: URLSearchParams;
}
