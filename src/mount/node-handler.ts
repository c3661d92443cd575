import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAddressed, UNADDRESSED } from '../server/addressed.ts';
import { refusalBody, type Refusal } from '../server/refusal.ts';
import { readRequestId, REQUEST_ID_HEADER } from '../server/request-id.ts';
import { cutShort, refuseStopping, sayUnready } from '../server/stopping.ts';
import type { GatewayYoga } from '../server/yoga.ts';
import type { Attendance } from './attendance.ts';
import {
  BODY_ALREADY_READ,
  GONE,
  parsedBody,
  unwrapRequest,
  unwrapResponse,
  type NodeRequest,
  type NodeResponse,
} from './node-request.ts';

export type NodeHandler = (request: NodeRequest, response: NodeResponse) => Promise<void>;

export interface Mounted {
  readonly yoga: GatewayYoga;
  readonly attendance: Attendance;
  /** Waited for before the first question. */
  start(): Promise<void>;
  /** Told when the gateway is mounted in a way that cannot work. */
  readonly warn: (message: string) => void;
}

/** Answers requests of node:http, by themselves or inside a framework. Its promise never rejects. */
export function nodeHandler({ yoga, attendance, start, warn }: Mounted): NodeHandler {
  return async (givenRequest, givenResponse) => {
    const received = unwrapRequest(givenRequest);
    const { request } = received;
    const response = unwrapResponse(givenResponse);
    if (isOver(response)) return;
    const id = requestIdFor(request);
    response.setHeader(REQUEST_ID_HEADER, id);
    const verdict = attendance.judge(pathOf(request));
    if (verdict !== 'answer') {
      if (verdict === 'unready') sayUnready(response);
      else refuseStopping(response);
      return;
    }
    if (!isAddressed(request)) {
      refuse(response, UNADDRESSED);
      return;
    }
    const body = parsedBody(received);
    if (body === GONE) {
      warn(BODY_ALREADY_READ.message);
      refuse(response, BODY_ALREADY_READ);
      return;
    }
    const leave = attendance.enter(() => cutShort(response));
    response.once('close', leave);
    try {
      await start();
      // Yoga listens for hanging up from here on; whoever has done so by now would be answered in vain.
      if (isOver(response)) return;
      // Not the framework's own request: Yoga would take its parsed query and body for the real ones.
      await yoga.handle({ ...bare(request), headers: { ...request.headers, [REQUEST_ID_HEADER]: id }, body }, response);
    } finally {
      leave();
    }
  };
}

/** Somebody in front has answered, or the caller is gone. */
function isOver({ headersSent, destroyed }: ServerResponse): boolean {
  return headersSent || destroyed;
}

/** What Yoga looks at; that it can be read from is by what it tells a request of node:http. */
function bare(request: IncomingMessage) {
  return { raw: request, method: request.method, read: () => null };
}

function requestIdFor({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID_HEADER];
  return readRequestId(Array.isArray(given) ? undefined : given);
}

/** As its caller wrote it: frameworks take off what they are mounted at. */
function pathOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  return (request.originalUrl ?? request.url ?? '/').split('?', 1)[0] ?? '/';
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  response
    .writeHead(refusal.status, { connection: 'close', 'content-type': 'application/json; charset=utf-8' })
    .end(refusalBody(refusal));
}
