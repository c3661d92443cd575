/** What a gateway says that was told to stop. */
import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../throttle/coded-error.ts';
import type { ReadinessState } from './readiness.ts';
import { refusalBody } from './refusal.ts';

const code: ErrorCode = 'STOPPING';

/** Told on a question: another gateway, or this one's successor, is there in a moment. */
export function refuseStopping(response: ServerResponse): void {
  const message = 'This gateway is stopping; ask again, and another one will answer.';
  answer(response, refusalBody({ code, message }), { 'retry-after': '1' });
}

/** Told on `/ready`: send nobody here. */
export function sayUnready(response: ServerResponse): void {
  const state: ReadinessState = { ready: false, code, reason: 'The gateway is stopping.' };
  answer(response, JSON.stringify(state), { 'cache-control': 'no-store' });
}

function answer(response: ServerResponse, body: string, headers: Readonly<Record<string, string>>): void {
  response
    .writeHead(503, { connection: 'close', 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(body);
}
