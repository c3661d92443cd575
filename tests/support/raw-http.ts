import { request } from 'node:http';
import { connect } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Over node:http, for `fetch` refuses to send much of what must be refused. */
export function sendRequest(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Buffer,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        sent.destroy();
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes bytes as they are, and reads one answer. The connection is left open until the other side has said something. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const answered = (): boolean => {
      const [head = '', rest] = split(heard);
      const length = /^content-length: (\d+)$/im.exec(head)?.[1];
      return (
        rest !== undefined && (length === undefined ? rest.endsWith('\r\n0\r\n\r\n') : rest.length >= Number(length))
      );
    };
    const end = (): void => {
      socket.destroy();
      const [head = '', rest = ''] = split(heard);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
      const text = /^transfer-encoding: chunked$/im.test(head) ? rest.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/gi, '') : rest;
      resolve({ status, text });
    };
    socket.on('data', (data: Buffer) => {
      heard += data.toString('utf8');
      if (answered()) end();
    });
    socket.on('close', end);
    socket.on('error', (error) => (heard === '' ? reject(error) : end()));
  });
}

function split(text: string): string[] {
  const at = text.indexOf('\r\n\r\n');
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 4)];
}
