import { request, type IncomingHttpHeaders } from 'node:http';

export interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Over node:http, for `fetch` keeps `Sec-` headers, `Origin` and `Host` to itself. */
export function send(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The codes of a reply's errors, and its status. */
export function refusalIn({ status, text }: Reply): unknown {
  const { errors } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return [status, ...(errors ?? []).map(({ extensions }) => extensions.code)];
}
