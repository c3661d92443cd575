import { connectionFailure, PROXY } from '../../mode/connection-failure.ts';
import { UpstreamInvalidResponseError } from '../../mode/errors/upstream-invalid-response-error.ts';
import { UpstreamUnavailableError } from '../../mode/errors/upstream-unavailable-error.ts';
import type { ModeAnswers } from './ask-mode.ts';
import { findingsOf, type Finding } from './finding.ts';
import type { SeenCall } from './seen-call.ts';

const { ok, problem } = findingsOf('Mode');

/** Whether it is Mode that answers at `MODE_BASE_URL`. */
export function checkMode({ seen, verification }: ModeAnswers, baseUrl: string): Finding {
  const call = seen.at(0) && seen.findLast(({ path }) => path === seen[0]?.path);
  if (!call) return problem(`${baseUrl} was not asked.`, 'Report this as a fault of the gateway.');
  if (call.status === undefined) return unreachable(call, baseUrl);
  const { status } = call;
  if (call.redirect !== undefined || (status >= 300 && status < 400)) {
    return problem(
      `${baseUrl} sends calls on to ${call.redirect ?? 'another place'}: Mode’s API does not do that.`,
      'Set MODE_BASE_URL to the address of the API itself. A login page of the network may be in between.',
    );
  }
  if (call.isHtml) {
    return problem(
      `${baseUrl} answers with a web page (status ${status}), not as Mode’s API does: a proxy, a login page or another site.`,
      `Check MODE_BASE_URL, and whether something on the way shows pages of its own. ${PROXY}.`,
    );
  }
  if (status >= 500) {
    return problem(`${baseUrl} answers ${status}: Mode is out of order just now.`, 'Try again in a few minutes.');
  }
  if (status === 404 || !isAnswer(verification)) {
    return problem(
      `${baseUrl} answers (status ${status}), but not as Mode’s API does.`,
      'Set MODE_BASE_URL to the origin of Mode, such as https://app.mode.com.',
    );
  }
  return ok(`${baseUrl} answers in ${Math.round(call.answeredAt - call.sentAt)} ms.`);
}

/** Whether Mode's API would speak so, be it a refusal. */
function isAnswer(verification: ModeAnswers['verification']): boolean {
  if ('value' in verification) return true;
  const { error } = verification;
  return !(error instanceof UpstreamInvalidResponseError || error instanceof UpstreamUnavailableError);
}

function unreachable({ failure = 'UNKNOWN' }: SeenCall, baseUrl: string): Finding {
  const { why, remedy } = connectionFailure(failure);
  return problem(`${baseUrl} cannot be reached: ${why} (${failure}).`, remedy);
}
