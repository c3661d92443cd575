import { badRequest, RefusedRequest } from './refused-request.ts';

/**
 * The text of a request's body.
 *
 * @throws {RefusedRequest} 413 when it is larger than `mostBytes`, told beforehand or not; 415 when it is
 *   compressed, for a small body could become a huge one; 400 when it is not UTF-8
 * @throws an `AbortError` when the rest of it will never come
 */
export async function readBody(request: Request, mostBytes: number): Promise<string> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') throw compressed();
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > mostBytes) throw tooLarge(mostBytes, declared);
  // Of a length that is told, it needs no counting while it comes: HTTP servers hold it to that. No number is none.
  const isTold = declared !== null && Number(declared) <= mostBytes;
  const bytes = await (isTold ? readWhole(request, mostBytes) : readBytes(request, mostBytes));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badRequest('The body is not UTF-8.');
  }
}

async function readWhole(request: Request, mostBytes: number): Promise<ArrayBuffer> {
  const bytes = await request.arrayBuffer().catch(() => {
    throw new DOMException('The caller has hung up.', 'AbortError');
  });
  if (bytes.byteLength > mostBytes) throw tooLarge(mostBytes);
  return bytes;
}

async function readBytes(request: Request, mostBytes: number): Promise<Buffer> {
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read().catch(() => {
      throw new DOMException('The caller has hung up.', 'AbortError');
    });
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > mostBytes) {
      // The rest is read and dropped: cut off, the caller would see a broken connection and not why.
      void drop(reader);
      throw tooLarge(mostBytes);
    }
    chunks.push(value);
  }
}

async function drop(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // Gone before it was through.
  }
}

function tooLarge(mostBytes: number, declared?: string): RefusedRequest {
  const found = declared === undefined ? 'larger' : `${declared} bytes`;
  return new RefusedRequest({
    status: 413,
    code: 'REQUEST_ENTITY_TOO_LARGE',
    message: `The body is ${found}, and may be ${mostBytes} bytes. Ask in several requests.`,
  });
}

function compressed(): RefusedRequest {
  return new RefusedRequest({
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Bodies are not taken compressed: send it without Content-Encoding.',
  });
}
