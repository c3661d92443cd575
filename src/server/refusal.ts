/** Answers to requests that never become a question: a coded error in GraphQL's shape, with the HTTP status that fits. */
import type { FetchAPI } from 'graphql-yoga';
import type { ErrorCode } from '../throttle/coded-error.ts';

export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a refusal says, in JSON, however it is sent. */
export function refusalBody({ code, message }: Pick<Refusal, 'code' | 'message'>): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

const codes = new WeakMap<Response, ErrorCode>();

export function refusal(
  { Response }: Pick<FetchAPI, 'Response'>,
  { status, code, message, headers }: Refusal,
): Response {
  const response = new Response(refusalBody({ code, message }), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
  codes.set(response, code);
  return response;
}

/** Why a request was refused; undefined for answers that were not made here. */
export function refusalCodeOf(response: Response): ErrorCode | undefined {
  return codes.get(response);
}
