import type { CallContext } from '../call-context.ts';

/** The three parts of a Discovery credential. */
export interface SignatureToken {
  /** Names it, for deletion. */
  readonly token: string;
  readonly accessKey: string;
  readonly accessSecret: string;
}

/** `Authorization` of the Discovery API: base64 of the three parts, on one line. */
export function bearer({ token, accessKey, accessSecret }: SignatureToken): string {
  return `Bearer ${Buffer.from(`${token}:${accessKey}:${accessSecret}`, 'utf8').toString('base64')}`;
}

/** Where the credential for Discovery comes from: given by the operator, or minted by us. */
export interface SignatureTokens {
  /**
   * `Authorization` to use now. A call that had to be made for it is told to whoever asked first.
   *
   * @throws {UpstreamError} when there is none to be had
   */
  current(onCall?: CallContext['onCall']): Promise<string>;
  /**
   * Mode did not take `refused`. Another one to try with, or undefined when there is none: a given token
   * cannot be replaced.
   */
  replace(refused: string, onCall?: CallContext['onCall']): Promise<string | undefined>;
  /** Deletes what was minted. Never throws: shutting down must not fail for it. */
  dispose(): Promise<void>;
}

export function givenSignatureToken(token: SignatureToken): SignatureTokens {
  const authorization = bearer(token);
  return {
    current: () => Promise.resolve(authorization),
    replace: () => Promise.resolve(undefined),
    dispose: () => Promise.resolve(),
  };
}
