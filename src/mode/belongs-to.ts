import type { VerificationRecord } from './records.ts';

/** The workspaces that Mode names as a credential's: none, or one by one or two names. */
export function workspacesOf({ workspace, linkedWorkspace }: VerificationRecord): string[] {
  return [linkedWorkspace, workspace].filter((name) => name !== null);
}

/** Whether a credential is for `workspace`. Not told, or told by either: `workspace` may hold the name people see. */
export function belongsTo(verification: VerificationRecord, workspace: string): boolean {
  const told = workspacesOf(verification);
  return told.length === 0 || told.includes(workspace);
}
