import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from '../server/refusal.ts';

/** A request of node:http, or what a framework has put around one, such as Fastify's. */
export type NodeRequest = IncomingMessage | { readonly raw: IncomingMessage; readonly body?: unknown };

/** A response of node:http, or what a framework has put around one. */
export type NodeResponse = ServerResponse | { readonly raw: ServerResponse };

export interface Received {
  readonly request: IncomingMessage;
  /** What a body parser has made of the body; undefined when there was none, or nothing to parse. */
  readonly parsed: unknown;
}

export function unwrapRequest(given: NodeRequest): Received {
  const request = 'raw' in given ? given.raw : given;
  return { request, parsed: 'body' in given ? given.body : undefined };
}

export function unwrapResponse(given: NodeResponse): ServerResponse {
  return 'raw' in given ? given.raw : given;
}

/** A body that has been read, and nobody kept it. */
export const GONE = Symbol('gone');

/** The body, where it is no longer in the request; undefined where it still is. */
export type ParsedBody = string | Uint8Array | typeof GONE | undefined;

/** Said where neither the request nor anybody else has the body any more: how the gateway is mounted is wrong. */
export const BODY_ALREADY_READ: Refusal = {
  status: 500,
  code: 'BODY_ALREADY_READ',
  message:
    'Something read the body of this request before the gateway did, and kept nothing of it: mount the gateway in front of whatever reads bodies, or pass it the framework’s own request, with its parsed body.',
};

/**
 * What a body parser that came first has left of a body. JSON is written anew: what reads it, bounds and all, is to be
 * the same however the gateway is mounted.
 */
export function parsedBody({ request, parsed }: Received): ParsedBody {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  // Some parsers leave an empty object behind on bodies that they have not touched.
  if (!request.readableDidRead) return undefined;
  if (parsed === undefined || parsed === null) return GONE;
  if (typeof parsed === 'string' || parsed instanceof Uint8Array) return parsed;
  return JSON.stringify(parsed);
}
