import type { Fault, FaultKind } from '../faults.ts';
import { failure } from '../rest/answer.ts';
import { CONTENT_TYPE, type Outgoing } from './outgoing.ts';
import { send } from './send.ts';
import type { Visit } from './visit.ts';

const PAGE = '<!DOCTYPE html>\n<html><head><title>%</title></head><body><h1>%</h1></body></html>\n';

const STATUSES: Partial<Record<FaultKind, [number, string]>> = {
  status500: [500, 'Something went wrong.'],
  status401: [401, 'The credentials are missing or not valid.'],
  status403: [403, 'You may not do this.'],
  status404: [404, 'There is no such thing.'],
  status429: [429, 'Too many requests.'],
};

/**
 * Answers a call the way a fault wants. `honest` makes what would have been said without it; it is made only by
 * the kinds that need it.
 */
export function playFault(visit: Visit, fault: Fault, honest: () => Outgoing): void {
  const said = STATUSES[fault.kind];
  if (said) {
    const [status, message] = said;
    const body = fault.body ?? JSON.stringify(failure(status, message).payload);
    send(visit, withRetryAfter(fault, { status, headers: { 'Content-Type': CONTENT_TYPE[visit.entry.api] }, body }));
    return;
  }
  switch (fault.kind) {
    case 'html502':
      send(visit, withRetryAfter(fault, html(502, fault.body ?? PAGE.replaceAll('%', '502 Bad Gateway'))));
      return;
    case 'html403':
      send(visit, html(403, fault.body ?? PAGE.replaceAll('%', 'Access denied')));
      return;
    case 'html200':
      send(visit, html(200, fault.body ?? PAGE.replaceAll('%', 'Sign in')));
      return;
    case 'reset':
      visit.settle(0);
      visit.destroy();
      return;
    case 'truncated':
      sendHalf(visit, honest());
      return;
    case 'truncatedJson': {
      const whole = honest();
      send(visit, { ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) });
      return;
    }
    case 'mutate': {
      const whole = honest();
      const payload: unknown = JSON.parse(whole.body);
      send(visit, { ...whole, body: JSON.stringify(fault.mutate ? fault.mutate(payload) : payload) });
      return;
    }
    default:
      visit.after(fault.delayMs ?? 60_000, () => send(visit, honest()));
  }
}

function html(status: number, body: string): Outgoing {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}

function withRetryAfter(fault: Fault, outgoing: Outgoing): Outgoing {
  if (fault.retryAfter === undefined) return outgoing;
  return { ...outgoing, headers: { ...outgoing.headers, 'Retry-After': fault.retryAfter } };
}

/** Promises the whole body and drops the connection halfway. */
function sendHalf(visit: Visit, { status, headers, body }: Outgoing): void {
  const bytes = Buffer.from(body);
  visit.response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  visit.settle(status);
  visit.response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => visit.destroy());
}
