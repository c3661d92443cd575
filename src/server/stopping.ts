/** What a gateway says that was told to stop. */
import type { ServerResponse } from 'node:http';
import type { ReadinessState } from './readiness.ts';
import { refusalBody, type Refusal } from './refusal.ts';

/** Told on a question: another gateway, or this one's successor, is there in a moment. */
export const STOPPING: Refusal = {
  status: 503,
  code: 'STOPPING',
  message: 'This gateway is stopping; ask again, and another one will answer.',
  headers: { 'retry-after': '1' },
};

/** Told on `/ready`: send nobody here. */
export const UNREADY: ReadinessState = { ready: false, code: 'STOPPING', reason: 'The gateway is stopping.' };

export function refuseStopping(response: ServerResponse): void {
  answer(response, refusalBody(STOPPING), STOPPING.headers);
}

export function sayUnready(response: ServerResponse): void {
  answer(response, JSON.stringify(UNREADY), { 'cache-control': 'no-store' });
}

/** Refuses what is being answered, or breaks it off where an answer has begun. */
export function cutShort(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  refuseStopping(response);
  // Whoever was to answer takes this for a caller who has hung up, and lets the calls to Mode go. By itself it would
  // come once the refusal is written, and no longer be taken so.
  response.emit('close');
}

function answer(response: ServerResponse, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response
    .writeHead(503, { connection: 'close', 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(body);
}
