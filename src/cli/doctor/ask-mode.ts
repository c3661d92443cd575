import type { Config } from '../../config/config.ts';
import type { CallContext } from '../../mode/call-context.ts';
import { basic } from '../../house.ts';
import { createDiscoveryClient } from '../../mode/discovery-client.ts';
import { belongsTo } from '../../mode/belongs-to.ts';
import { UpstreamForbiddenError } from '../../mode/errors/upstream-forbidden-error.ts';
import { UpstreamUnauthenticatedError } from '../../mode/errors/upstream-unauthenticated-error.ts';
import { mintSignatureTokens } from '../../mode/discovery/minted-signature-tokens.ts';
import { givenSignatureToken, type SignatureTokens } from '../../mode/discovery/signature-token.ts';
import { createHttp, type Http } from '../../mode/http.ts';
import type { VerificationRecord } from '../../mode/records.ts';
import { createRestClient } from '../../mode/rest-client.ts';
import type { Clock } from '../../throttle/clock.ts';
import { EVERYBODY } from '../../throttle/lane.ts';
import { LocalBudget } from '../../throttle/local-budget.ts';
import { partyOf } from '../../throttle/party.ts';
import { Throttle } from '../../throttle/throttle.ts';
import { watchedFetch, type SeenCall } from './seen-call.ts';

/** A call has this long; one that fails in a way that may pass is not made again later than this. */
const PATIENCE_MS = 10_000;

export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** What Mode said to the fewest calls that tell: one to verify the key, one page of Discovery, two more to mint. */
export interface ModeAnswers {
  readonly seen: readonly SeenCall[];
  readonly verification: Outcome<VerificationRecord>;
  /** Whether a page of Discovery's shortest list could be read; undefined when that was not worth a call. */
  readonly discovery: Outcome<unknown> | undefined;
}

/**
 * Asks as the gateway would: the same client, the same headers, the same rules. Deletes what it mints, also when it is
 * aborted. Never throws.
 */
export async function askMode({ mode }: Config, clock: Clock, signal?: AbortSignal): Promise<ModeAnswers> {
  const seen: SeenCall[] = [];
  const { rateWindows: windows, concurrency, workspace } = mode;
  const throttle = new Throttle({ windows, budget: new LocalBudget({ windows, clock }), concurrency, clock });
  const options = {
    baseUrl: mode.baseUrl,
    // Without one of its own, it asks as nobody: a refusal then tells that Mode is there.
    authorization: mode.credential && basic(mode.credential.token, mode.credential.secret),
    throttle,
    clock,
    random: Math.random,
    timeoutMs: Math.min(mode.timeoutMs, PATIENCE_MS),
    fetch: watchedFetch(seen, clock),
  };
  const call = (): CallContext => ({ party: partyOf({ caller: EVERYBODY, deadline: clock.now() + PATIENCE_MS }) });
  const asked = (): CallContext => ({ ...call(), ...(signal && { signal }) });
  const rest = createRestClient(createHttp({ ...options, accept: 'application/hal+json' }), workspace);
  const verification = await outcomeOf(rest.verify(asked()));
  const http = createHttp({ ...options, accept: 'application/json' });
  const tokens = isWorthAsking(mode, verification) ? signatureTokens(mode, http, clock, call()) : undefined;
  const discovery = tokens && (await readOnePage(tokens, http, workspace, clock, asked()));
  await tokens?.dispose();
  await throttle.dispose();
  return { seen, verification, discovery };
}

/** Nothing is minted with a key that is refused or another workspace's; a token that was given stands for itself. */
function isWorthAsking({ discovery, workspace }: Config['mode'], verification: Outcome<VerificationRecord>): boolean {
  if ('value' in verification) return discovery.kind === 'given' || belongsTo(verification.value, workspace);
  const { error } = verification;
  const isRefused = error instanceof UpstreamUnauthenticatedError || error instanceof UpstreamForbiddenError;
  return isRefused && discovery.kind === 'given';
}

function signatureTokens(
  { discovery, workspace }: Config['mode'],
  http: Http,
  clock: Clock,
  call: CallContext,
): SignatureTokens | undefined {
  if (discovery.kind === 'off') return undefined;
  return discovery.kind === 'given'
    ? givenSignatureToken(discovery)
    : mintSignatureTokens({ http, workspace, clock, call });
}

function readOnePage(
  tokens: SignatureTokens,
  http: Http,
  workspace: string,
  clock: Clock,
  call: CallContext,
): Promise<Outcome<unknown>> {
  const client = createDiscoveryClient({ http, workspace, tokens, clock });
  return outcomeOf(client.scan('collections', { accept: () => false }, call));
}

function outcomeOf<T>(promise: Promise<T>): Promise<Outcome<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
