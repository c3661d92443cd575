import type { VerificationRecord } from '../mode/records.ts';
import type { ErrorCode } from '../throttle/coded-error.ts';

export interface Verdict {
  /** Undefined when the credential opens the workspace. */
  readonly code?: ErrorCode;
  /** Why not, for people. */
  readonly reason?: string;
}

/** Whether a credential that Mode accepts belongs to the workspace that the gateway serves. */
export function judgeVerification({ workspace, linkedWorkspace }: VerificationRecord, served: string): Verdict {
  const told = [workspace, linkedWorkspace].filter((name) => name !== null);
  // Not told, or told by either: `workspace` may hold the name people see.
  if (told.length === 0 || told.includes(served)) return {};
  return {
    code: 'UPSTREAM_FORBIDDEN',
    reason: `The credential belongs to the workspace "${linkedWorkspace ?? workspace ?? ''}", not to "${served}" (MODE_WORKSPACE).`,
  };
}
