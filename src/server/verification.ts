import { belongsTo, workspacesOf } from '../mode/belongs-to.ts';
import type { VerificationRecord } from '../mode/records.ts';
import type { ErrorCode } from '../throttle/coded-error.ts';

export interface Verdict {
  /** Undefined when the credential opens the workspace. */
  readonly code?: ErrorCode;
  /** Why not, for people. */
  readonly reason?: string;
}

/** Whether a credential that Mode accepts belongs to the workspace that the gateway serves. */
export function judgeVerification(verification: VerificationRecord, served: string): Verdict {
  if (belongsTo(verification, served)) return {};
  const [workspace = ''] = workspacesOf(verification);
  return {
    code: 'UPSTREAM_FORBIDDEN',
    reason: `The API key belongs to the workspace "${workspace}", and this gateway serves "${served}": use a key of that one, or correct MODE_WORKSPACE.`,
  };
}
