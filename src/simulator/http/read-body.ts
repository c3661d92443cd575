import type { IncomingMessage } from 'node:http';

/** The whole body as text, '' when there is none. Rejects when the client goes away in the middle of it. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
