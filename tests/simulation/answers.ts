import type { Said } from './said-by-mode.ts';
import type { ClockView } from './simulated-clock.ts';

export const HTML = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>\n';

/**
 * A whole answer.
 *
 * @param isReal a real Response, whose body is a stream: that takes a sixth of all time, and is not for every schedule
 */
export function whole(status: number, body: string, headers: Record<string, string>, isReal: boolean): Response {
  if (isReal) return new Response(body, { status, headers });
  const used = {
    status,
    ok: status < 300,
    headers: new Headers(headers),
    body: null,
    text: () => Promise.resolve(body),
  };
  return used as unknown as Response;
}

/** The head of an answer and half its body, then a while nothing, then the connection breaks. */
export function bodyCutShort({ status, body }: Said, clock: ClockView, signal: AbortSignal): Response {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body.slice(0, body.length >> 1)));
      const cancel = clock.schedule(() => {
        signal.removeEventListener('abort', onAbort);
        controller.error(new TypeError('terminated'));
      }, 40);
      const onAbort = (): void => {
        cancel();
        controller.error(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    },
  });
  return new Response(stream, { status });
}
