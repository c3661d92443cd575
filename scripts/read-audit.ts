/** What npm says at the end of an audit -> what that tells of the dependencies. */
import * as z from 'zod';

export type AuditResult =
  | { readonly kind: 'clean' | 'found'; readonly lines: readonly string[] }
  /** Nothing was told about the dependencies, and why not. */
  | { readonly kind: 'not done'; readonly why: string };

const severities = z.object({ low: z.number(), moderate: z.number(), high: z.number(), critical: z.number() });

const advisories = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
  metadata: z.object({ vulnerabilities: severities }),
});

/** Answers that mean: this registry has nothing to say of that. */
const SILENT_STATUSES = [400, 401, 403, 404, 405, 410, 500, 501, 502, 503, 504];

/** `npm audit --json`. */
export function readAdvisories(text: string): AuditResult {
  const json = parse(text);
  const { success, data } = advisories.safeParse(json);
  if (!success) return notDone(json, 'advisories');
  const counts = data.metadata.vulnerabilities;
  const { low, moderate, high, critical } = counts;
  const serious = Object.entries(data.vulnerabilities).filter(([, { severity }]) => /^(high|critical)$/.test(severity));
  const lines = [
    `${critical} critical, ${high} high, ${moderate} moderate, ${low} low`,
    ...serious.map(([name, { severity, range }]) => `${severity}: ${name} ${range}`),
  ];
  return { kind: high + critical + serious.length > 0 ? 'found' : 'clean', lines };
}

const culprit = z.object({ name: z.string(), version: z.string() });
const signatures = z.object({ invalid: z.array(culprit), missing: z.array(culprit) });

/** `npm audit signatures --json`. */
export function readSignatures(text: string): AuditResult {
  const json = parse(text);
  const { success, data } = signatures.safeParse(json);
  if (!success) return notDone(json, 'signing keys');
  const lines = (['invalid', 'missing'] as const).flatMap((what) =>
    data[what].map(({ name, version }) => `${what} signature: ${name} ${version}`),
  );
  if (lines.length > 0) return { kind: 'found', lines };
  return { kind: 'clean', lines: ['every signature is valid'] };
}

const failure = z.object({
  statusCode: z.number().optional(),
  error: z.object({ code: z.string().nullish(), summary: z.string().nullish() }),
});

/** Codes of npm and Node for a network that is not there, or a registry without the thing asked for. */
const SILENT_CODES =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH|E4\d\d|E5\d\d|ENOAUDIT|EAUDITNOSIGS)$/;

function notDone(json: unknown, what: string): AuditResult {
  const { data } = failure.safeParse(json);
  const { statusCode, error } = data ?? {};
  // In npm's words, for a registry that does not publish its keys.
  const hasNoKeys = error?.summary?.includes('from a supported registry') === true;
  if (hasNoKeys || SILENT_STATUSES.includes(statusCode ?? 0)) {
    return { kind: 'not done', why: `the registry gives no ${what}${statusCode ? ` (status ${statusCode})` : ''}` };
  }
  if (SILENT_CODES.test(error?.code ?? '')) {
    return { kind: 'not done', why: `the ${what} cannot be had (${error?.code ?? ''})` };
  }
  // Not to be taken for good news.
  return { kind: 'found', lines: [`npm answered in a way that is not understood, when asked for ${what}`] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
