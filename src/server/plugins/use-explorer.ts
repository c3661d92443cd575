import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { Plugin } from 'graphql-yoga';
import { starterQuestion } from '../starter-question.ts';

export interface ExplorerOptions {
  /** Path of the page, and of the questions it asks. */
  readonly endpoint: string;
  /** Headers that callers must send, which the page tells its user to enter; undefined when none are needed. */
  readonly headersHint: string | undefined;
}

interface Page {
  readonly html: string;
  readonly gzipped: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  /** Its Content-Security-Policy. */
  readonly policy: string;
}

/**
 * GraphiQL for a browser, all of it in one page, so that it works without an outside network. The page is nine
 * megabytes: it is made once, sent compressed, and not sent again to a browser that has it.
 */
export function useExplorer({ endpoint, headersHint }: ExplorerOptions): Plugin {
  let page: Promise<Page> | undefined;
  return {
    async onRequest({ request, url, endResponse, fetchAPI }) {
      if (url.pathname !== endpoint || !isPageRequest(request)) return;
      page ??= makePage(endpoint, headersHint);
      const { html, gzipped, etag, policy } = await page;
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': policy,
        etag,
        vary: 'accept, accept-encoding',
      };
      if (request.headers.get('if-none-match')?.includes(etag)) {
        endResponse(new fetchAPI.Response(null, { status: 304, headers }));
      } else if (/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) {
        endResponse(new fetchAPI.Response(gzipped, { headers: { ...headers, 'content-encoding': 'gzip' } }));
      } else {
        endResponse(new fetchAPI.Response(html, { headers }));
      }
    },
  };
}

function isPageRequest(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('accept')?.includes('text/html') ?? false);
}

async function makePage(endpoint: string, headersHint: string | undefined): Promise<Page> {
  const html = renderGraphiQL({ title: 'Mode GraphQL', endpoint, defaultQuery: starterQuestion(headersHint) });
  const etag = `"${sha256(html, 'base64url').slice(0, 22)}"`;
  return { html, gzipped: new Uint8Array(await promisify(gzip)(html)), etag, policy: policyFor(html) };
}

/**
 * Lets the page run the one script that it came with, and ask its own origin. Nothing else may run on it, were it to
 * get in by a schema, an answer or an address; nothing that a user enters may leave it, such as a key.
 */
function policyFor(html: string): string {
  const [, script = ''] = /<script>([^]*?)<\/script>/.exec(html) ?? [];
  return [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script, 'base64')}'`,
    // The editor writes its styles as it goes.
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    // The editor's workers, which the script holds.
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sha256(text: string, encoding: 'base64' | 'base64url'): string {
  return createHash('sha256').update(text).digest(encoding);
}
