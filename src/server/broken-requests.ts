import type { Server, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '../throttle/coded-error.ts';
import { refusalBody } from './refusal.ts';

const PATIENCE_MS = 30_000;

/** How often Node looks for requests that are late, in milliseconds. */
const LOOKS_EVERY_MS = 1_000;

/** Limits on how long a request may take to arrive: somebody who sends a byte a minute would hold a connection for ever. */
export function arrivalLimits(ms = PATIENCE_MS): ServerOptions {
  return {
    requestTimeout: ms,
    headersTimeout: ms,
    connectionsCheckingInterval: Math.min(LOOKS_EVERY_MS, Math.ceil(ms / 4)),
  };
}

interface Breach {
  readonly status: string;
  readonly code: ErrorCode;
  readonly message: string;
}

const BREACHES: Readonly<Record<string, Breach>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'REQUEST_TIMEOUT',
    message: 'The request took too long to arrive.',
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'BAD_REQUEST',
    message: 'The headers, or the address, are too long. Send the question as the body of a POST.',
  },
};

const MALFORMED: Breach = { status: '400 Bad Request', code: 'BAD_REQUEST', message: 'This is not HTTP.' };

/** Tells whoever sends what Node cannot read as a request, or too slowly, what is wrong with it, and hangs up. */
export function answerBrokenRequests(server: Server): void {
  const answers = new WeakMap<Socket, ServerResponse>();
  server.on('request', (request, response) => answers.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const answer = answers.get(socket);
    const isAnswering = answer !== undefined && answer.headersSent && !answer.writableFinished;
    // In the middle of another answer this would look like a part of it.
    if (!socket.writable || error.code === 'ECONNRESET' || isAnswering) {
      socket.destroy();
      return;
    }
    const { status, code, message } = BREACHES[error.code ?? ''] ?? MALFORMED;
    const body = refusalBody({ code, message });
    socket.end(
      `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
