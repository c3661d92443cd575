import type { ModeConfig } from '../../config/mode-variables.ts';
import { belongsTo, workspacesOf } from '../../mode/belongs-to.ts';
import { UpstreamForbiddenError } from '../../mode/errors/upstream-forbidden-error.ts';
import { UpstreamUnauthenticatedError } from '../../mode/errors/upstream-unauthenticated-error.ts';
import type { VerificationRecord } from '../../mode/records.ts';
import type { ModeAnswers } from './ask-mode.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, problem, skipped } = findingsOf('API key');

const MAKE_ANOTHER = 'make another one in Mode (Workspace Settings, API Keys)';

/** Whether Mode takes the API key, for this workspace, and how far it sees. */
export function checkCredential(
  { verification }: Pick<ModeAnswers, 'verification'>,
  { credential, workspace }: Pick<ModeConfig, 'credential' | 'workspace'>,
): Finding {
  if (!credential) return ok('The gateway needs none: callers bring their own.');
  if ('error' in verification) return refused(verification.error);
  const record = verification.value;
  if (!belongsTo(record, workspace)) {
    const other = workspacesOf(record).find((name) => /^[\w.-]{1,100}$/.test(name));
    return problem(
      `The key belongs to ${other === undefined ? 'another workspace' : `the workspace "${other}"`}, not to "${workspace}".`,
      other === undefined
        ? `Correct MODE_WORKSPACE, or ${MAKE_ANOTHER} of that workspace.`
        : `Set MODE_WORKSPACE to ${other}, or ${MAKE_ANOTHER} of "${workspace}".`,
    );
  }
  return ok(`Mode accepts it for "${workspace}". ${SCOPES[scopeOf(record)]}`);
}

export type KeyScope = 'workspace' | 'member' | 'unknown';

/** What kind of key it is, as far as Mode says. */
export function scopeOf({ apiKeyScope }: VerificationRecord): KeyScope {
  const said = apiKeyScope?.toLowerCase() ?? '';
  if (/workspace|organi[sz]ation|admin/.test(said)) return 'workspace';
  return /member|user|personal/.test(said) ? 'member' : 'unknown';
}

const SCOPES: Readonly<Record<KeyScope, string>> = {
  workspace: 'It is a workspace’s key, which an admin made: callers see what it sees.',
  member: 'It is a member’s key: callers see what this member may see, and it cannot mint signature tokens.',
  unknown: 'Mode does not say whether it is a workspace’s key or a member’s.',
};

function refused(error: unknown): Finding {
  if (error instanceof UpstreamUnauthenticatedError) {
    return problem(
      'Mode does not accept MODE_API_TOKEN with MODE_API_SECRET.',
      `Check that both are whole and of the same key, and that its maker is still in the workspace; or ${MAKE_ANOTHER}.`,
    );
  }
  if (error instanceof UpstreamForbiddenError) {
    return problem('Mode knows the key, but lets it do nothing.', `Ask an admin of the workspace, or ${MAKE_ANOTHER}.`);
  }
  return skipped('Mode did not say whether it accepts the key.');
}
