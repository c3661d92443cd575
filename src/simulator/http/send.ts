import type { Outgoing } from './outgoing.ts';
import type { Visit } from './visit.ts';

/** Writes a whole answer, unless nobody is there to read it. Headers set on the response before stay. */
export function send(visit: Visit, { status, headers, body }: Outgoing): void {
  if (visit.aborted) return;
  visit.response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  visit.settle(status);
  visit.response.end(body);
}
