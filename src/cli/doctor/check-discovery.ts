import type { DiscoveryCredential } from '../../config/mode-variables.ts';
import { UpstreamError } from '../../mode/errors/upstream-error.ts';
import { UpstreamForbiddenError } from '../../mode/errors/upstream-forbidden-error.ts';
import { UpstreamUnauthenticatedError } from '../../mode/errors/upstream-unauthenticated-error.ts';
import type { ModeAnswers } from './ask-mode.ts';
import { scopeOf, type KeyScope } from './check-credential.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, warning, problem, skipped } = findingsOf('Discovery');

const NO_PLAN = 'Discovery comes with Mode’s Enterprise plan; ask Mode, or set MODE_DISCOVERY=off';
const MINT = 'MODE_DISCOVERY=mint needs the API key of an admin';

/** Whether Discovery can be read with what is configured for it, and whether anything minted was left behind. */
export function checkDiscovery(answers: ModeAnswers, { kind }: DiscoveryCredential): Finding[] {
  const { discovery, verification, seen } = answers;
  if (kind === 'off') {
    return [ok('It is not used: broad questions cost a call for each report, and what only Discovery knows is null.')];
  }
  if (discovery === undefined) return [skipped('It was not asked, as Mode did not accept the API key.')];
  const scope = 'value' in verification ? scopeOf(verification.value) : 'unknown';
  const finding = 'error' in discovery ? failed(discovery.error, kind, scope) : works(kind, scope);
  const isMinted = seen.some(({ method, status }) => method === 'POST' && status !== undefined && status < 300);
  const isDeleted = seen.some(
    ({ method, status = 0 }) => method === 'DELETE' && ((status >= 200 && status < 300) || status === 404),
  );
  if (!isMinted || isDeleted) return [finding];
  const left = warning(
    'The signature token that was minted for this check could not be deleted.',
    'It can only read, and ends by itself within the hour.',
  );
  return [finding, left];
}

function works(kind: 'given' | 'mint', scope: KeyScope): Finding {
  if (kind === 'mint') return ok('A signature token can be minted, reads, and was deleted again.');
  if (scope !== 'member') return ok('The signature token reads.');
  return warning(
    'The signature token reads what an admin sees; the API key is a member’s and sees less.',
    'Callers get both: if they are to see no more than this member does, set MODE_DISCOVERY=off.',
  );
}

function failed(error: unknown, kind: 'given' | 'mint', scope: KeyScope): Finding {
  const atMint = error instanceof UpstreamError && error.subject.endpoint === '/signature_tokens';
  if (error instanceof UpstreamForbiddenError) {
    if (!atMint) return problem('The signature token is good, but Mode does not let it read (403).', `${NO_PLAN}.`);
    if (scope === 'member') return problem('Mode does not let this key mint: it is a member’s.', `${MINT}.`);
    if (scope === 'workspace')
      return problem('Mode does not let this key mint, though an admin made it.', `${NO_PLAN}.`);
    return problem('Mode does not let this key mint.', `${MINT}. ${NO_PLAN}.`);
  }
  if (error instanceof UpstreamUnauthenticatedError) {
    if (atMint) return problem('Mode does not accept the API key for minting.', `${MINT}; see above.`);
    return kind === 'given'
      ? problem(
          'Mode does not accept the signature token: it has ended, was deleted, or one of its three parts is wrong.',
          'Make another one and set MODE_DISCOVERY_TOKEN, MODE_DISCOVERY_ACCESS_KEY and MODE_DISCOVERY_ACCESS_SECRET; or let the gateway do so: MODE_DISCOVERY=mint.',
        )
      : problem('Mode does not accept the signature token it has just minted.', 'Try again; then ask Mode.');
  }
  return problem(
    atMint
      ? 'It did not become clear whether a signature token was minted; one that was ends by itself within the hour.'
      : 'Discovery could not be read just now.',
    'Try again in a few minutes.',
  );
}
