import type { VerificationRecord, WorkspaceRecord } from '../records.ts';
import { check } from '../payloads/check.ts';
import { toVerification, toWorkspace, verificationPayload, workspacePayload } from '../payloads/workspace.ts';
import type { CallContext } from '../call-context.ts';
import { UpstreamForbiddenError } from '../errors/upstream-forbidden-error.ts';
import { readOne, type RestScope } from './endpoint.ts';

/**
 * `GET /api/verify`: the credential check, and the only one. `/api/account` answers 400 to API keys, and
 * `GET /api/{workspace}` answers 200 to anybody.
 */
export async function verify(scope: RestScope, context: CallContext): Promise<VerificationRecord> {
  const subject = { api: 'REST', endpoint: '/verify' } as const;
  const answer = await scope.http.request({ subject, path: '/api/verify' }, context);
  return toVerification(check(verificationPayload, answer?.body, subject));
}

/** `GET /api/{workspace}`. */
export async function readWorkspace(scope: RestScope, context: CallContext): Promise<WorkspaceRecord> {
  const read = await readOne(scope, { endpoint: '/{workspace}', path: '' }, workspacePayload, context);
  if (!read) throw new UpstreamForbiddenError({ api: 'REST', endpoint: '/{workspace}' });
  return toWorkspace(read.payload, read.provenance);
}
