import { refusal, type Refusal } from '../server/refusal.ts';
import { REQUEST_ID_HEADER, requestIdOf } from '../server/request-id.ts';
import { STOPPING, UNREADY } from '../server/stopping.ts';
import type { Mounted } from './node-handler.ts';
import { BODY_ALREADY_READ } from './node-request.ts';

export interface FetchHandler {
  (address: URL | string, init?: RequestInit): Promise<Response>;
  /** What frameworks pass besides, such as the parameters of a route, is not looked at. */
  (request: Request, ...others: readonly unknown[]): Promise<Response>;
}

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** Answers requests of the Fetch API. Like `fetch`, it rejects when the request is aborted. */
export function fetchHandler({ yoga, attendance, start, warn }: Mounted): FetchHandler {
  return async (input: Request | URL | string, init?: unknown) => {
    const request = isAddress(input) ? new Request(input, init as RequestInit | undefined) : input;
    const verdict = attendance.judge(new URL(request.url).pathname);
    if (verdict === 'stopping') return refuse(request, STOPPING);
    if (verdict === 'unready') return Response.json(UNREADY, { status: 503, headers: { 'cache-control': 'no-store' } });
    if (request.bodyUsed) {
      warn(BODY_ALREADY_READ.message);
      return refuse(request, BODY_ALREADY_READ);
    }
    let cut: (() => void) | undefined;
    const isCut = new Promise<Response>((resolve) => {
      cut = () => resolve(refuse(request, STOPPING));
    });
    const leave = attendance.enter(() => cut?.());
    try {
      await start();
      return await Promise.race([answer(request), isCut]);
    } finally {
      leave();
    }
  };

  async function answer(request: Request): Promise<Response> {
    return native(await yoga.fetch(request));
  }
}

function refuse(request: Request, { headers, ...why }: Refusal): Response {
  return refusal(globalThis, { ...why, headers: { ...headers, [REQUEST_ID_HEADER]: requestIdOf(request) } });
}

function isAddress(input: Request | URL | string): input is URL | string {
  return typeof input === 'string' || input instanceof URL;
}

/**
 * Yoga answers with a `Response` of its own, which is faster to write to a socket, but is none to a framework that asks
 * (`instanceof`) or reads its body as a stream of this runtime. Answers are whole by now: nothing is streamed.
 */
async function native(response: Response): Promise<Response> {
  if (response instanceof Response) return response;
  const { status, statusText, headers } = response as Response;
  const body = BODILESS.has(status) ? null : await (response as Response).arrayBuffer();
  return new Response(body, { status, statusText, headers: [...headers] });
}
