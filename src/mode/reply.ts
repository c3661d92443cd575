/** What an answer of Mode's is worth: a body, or an error that says why there is none. */
import { UpstreamForbiddenError } from './errors/upstream-forbidden-error.ts';
import { UpstreamInvalidResponseError } from './errors/upstream-invalid-response-error.ts';
import { UpstreamUnauthenticatedError } from './errors/upstream-unauthenticated-error.ts';
import { UpstreamUnavailableError } from './errors/upstream-unavailable-error.ts';
import type { UpstreamSubject } from './errors/upstream-error.ts';
import { isPassingStatus } from './retry-policy.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** It is a page for people, as of a proxy or a login, and not what an API says. */
  readonly isPage: boolean;
}

/**
 * By its text alone: what frameworks say in a word or two, such as “HTTP Basic: Access denied.”, goes by the name of HTML
 * too, and is no page.
 */
export function isWebPage(text: string): boolean {
  return /^\s*<(!doctype|!--|\?xml|html|head|body)/i.test(text);
}

/**
 * Whether a status means that there is no such thing, where it may. Mode refuses in JSON: a page that says 401 or 403 is a
 * proxy's, and a report must not seem deleted for it. One that says 404 may be Mode's own.
 */
export function isMissing({ status, isPage }: Reply, missing: readonly number[] = []): boolean {
  return missing.includes(status) && (!isPage || status === 404);
}

/** The error that a status other than 2xx stands for. */
export function refusal({ status, isPage }: Reply, subject: UpstreamSubject): Error {
  if (isPassingStatus(status)) return new UpstreamUnavailableError(subject, { status });
  // A page is somebody else's refusal, and says nothing of the credential.
  if (status === 401 && !isPage) return new UpstreamUnauthenticatedError(subject);
  if ((status === 403 || status === 404) && !isPage) return new UpstreamForbiddenError(subject);
  return new UpstreamInvalidResponseError(subject, strange(status, isPage), undefined, status);
}

function strange(status: number, isPage: boolean): string {
  if (status >= 300 && status < 400) return `is a redirect (status ${status}), which no API sends: ${INSTEAD}`;
  return isPage ? webPage(status) : `has the status ${status}`;
}

/** @throws {UpstreamInvalidResponseError} */
export function readJson({ text, status, isPage }: Reply, subject: UpstreamSubject): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UpstreamInvalidResponseError(subject, isPage ? webPage(status) : 'is not JSON');
  }
}

const INSTEAD = 'a proxy, a login page or another site answers in its place, or MODE_BASE_URL is not Mode’s';

function webPage(status: number): string {
  return `is a web page (status ${status}), not JSON: ${INSTEAD}`;
}
