import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FetchAPI, Plugin } from 'graphql-yoga';
import { acceptedEncoding } from '../explorer/accepted-encoding.ts';
import { EXPLORER_FOLDER, findExplorer, type ExplorerFile } from '../explorer/explorer-files.ts';
import { EXPLORER_POLICY, explorerPage, NOT_BUILT } from '../explorer/explorer-page.ts';

export interface ExplorerOptions {
  /** Path of the page, and of the questions it asks. What it loads is below it. */
  readonly endpoint: string;
  /** Headers that callers must send, which the page tells its user to enter; undefined when none are needed. */
  readonly headersHint: string | undefined;
  /** Where it was built into. @default dist/explorer of this package */
  readonly folder?: URL;
}

/**
 * GraphiQL, with what is ours, for a browser. All that it loads comes from here, so that it works without an outside
 * network, and from below the endpoint, so that it works behind a proxy that passes on nothing else.
 */
export function useExplorer({ endpoint, headersHint, folder = EXPLORER_FOLDER }: ExplorerOptions): Plugin {
  const explorer = findExplorer(folder);
  const files = `${endpoint}/explorer/`;
  const base = files.slice(endpoint.lastIndexOf('/') + 1);
  const html = explorer && explorerPage({ files: explorer.page, base, headersHint });
  const etag = `"${createHash('sha256')
    .update(html ?? NOT_BUILT)
    .digest('base64url')
    .slice(0, 22)}"`;

  return {
    // Not async: questions come by here, too.
    onRequest({ request, url, endResponse, fetchAPI }) {
      if (url.pathname === endpoint && isPageRequest(request)) endResponse(page(request, fetchAPI));
      if (!url.pathname.startsWith(files) || !['GET', 'HEAD'].includes(request.method)) return undefined;
      const file = explorer?.files.get(url.pathname.slice(files.length));
      return file && answerWith(file, request, fetchAPI).then(endResponse);
    },
  };

  function page(request: Request, { Response }: FetchAPI): Response {
    if (html === undefined) {
      return new Response(NOT_BUILT, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    }
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': EXPLORER_POLICY,
      etag,
      vary: 'accept',
    };
    const isKnown = request.headers.get('if-none-match')?.includes(etag) ?? false;
    return isKnown ? new Response(null, { status: 304, headers }) : new Response(html, { headers });
  }
}

function isPageRequest(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('accept')?.includes('text/html') ?? false);
}

/** @returns 404 when it has been built anew since the gateway started, and is gone */
async function answerWith(file: ExplorerFile, request: Request, { Response }: FetchAPI): Promise<Response> {
  const encoding = acceptedEncoding(request.headers.get('accept-encoding'), [...file.encoded.keys()]);
  const place = (encoding && file.encoded.get(encoding)) ?? file.plain;
  const content = await readFile(place).catch(() => undefined);
  if (!content) return new Response(null, { status: 404 });
  const headers = {
    'content-type': file.type,
    'content-length': String(content.byteLength),
    // Its name changes with its content.
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding }),
  };
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), { headers });
}
