import * as z from 'zod';
import type { Provenance, VerificationRecord, WorkspaceRecord } from '../records.ts';
import { href, links } from './links.ts';
import { maybeId, maybeText, maybeTime, maybeToken } from './scalars.ts';

/** `GET /api/verify`: to which workspace a credential belongs. */
export const verificationPayload = z.object({
  workspace: maybeText,
  workspace_token: maybeText,
  api_key_scope: maybeText,
  _links: links,
});

export function toVerification(row: z.output<typeof verificationPayload>): VerificationRecord {
  return {
    workspace: row.workspace,
    workspaceToken: row.workspace_token,
    apiKeyScope: row.api_key_scope,
    // `/api/{workspace}/api_keys/{key}`, or the workspace itself: the one place that surely has the username.
    linkedWorkspace: href(row._links, 'self')?.split('/')[2] ?? null,
  };
}

/** An "account" in Mode's words. Its `space_count` reads 0 whatever there is, so counts are not taken from here. */
export const workspacePayload = z.object({
  username: z.string().min(1),
  token: maybeToken,
  id: maybeId,
  name: maybeText,
  plan_code: maybeText,
  created_at: maybeTime,
  default_data_source_token: maybeToken,
});

export function toWorkspace(row: z.output<typeof workspacePayload>, provenance: Provenance): WorkspaceRecord {
  return {
    kind: 'Workspace',
    username: row.username,
    token: row.token,
    modeId: row.id,
    name: row.name,
    planCode: row.plan_code,
    createdAt: row.created_at,
    defaultDataSourceToken: row.default_data_source_token,
    provenance,
  };
}
