import type { AuthConfig } from '../../config/caller-variables.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, problem } = findingsOf('callers');

const PATIENCE_MS = 5_000;

/** Who may ask, and whether they can be recognised: the issuer of tokens must publish its keys. Calls nothing of Mode's. */
export async function checkCallers(auth: AuthConfig): Promise<Finding> {
  if (auth.kind === 'pass-through') return ok('They bring their own API keys of Mode.');
  if (auth.kind === 'keys') {
    const count = auth.keys.length;
    return ok(
      count === 0 ? 'Anybody on this machine may ask.' : `${count} ${count === 1 ? 'key opens' : 'keys open'} it.`,
    );
  }
  const remedy = 'Check GATEWAY_JWT_ISSUER and GATEWAY_JWKS_URL: the address must answer with {"keys": […]}.';
  try {
    const response = await fetch(auth.jwksUrl, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status !== 200) return problem(`${auth.jwksUrl} answers ${response.status}, not with keys.`, remedy);
    const body: unknown = await response.json();
    const isSet = typeof body === 'object' && body !== null && 'keys' in body && Array.isArray(body.keys);
    if (!isSet || (body.keys as unknown[]).length === 0) return problem(`${auth.jwksUrl} holds no keys.`, remedy);
    return ok(`Tokens of ${auth.issuer} are checked with the keys at ${auth.jwksUrl}.`);
  } catch {
    return problem(`${auth.jwksUrl} cannot be read: no token could be checked.`, remedy);
  }
}
