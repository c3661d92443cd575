import type { ExplorerPageFiles } from './explorer-files.ts';
import { MISSING_SCRIPT, MISSING_SCRIPT_HASH } from './missing-script.ts';

export interface ExplorerPageOptions {
  readonly files: ExplorerPageFiles;
  /** Where the files are, relative to the page, with a slash at the end. */
  readonly base: string;
  /** What callers must send, as JSON; undefined when nothing is needed. */
  readonly headersHint: string | undefined;
}

/** The page of the explorer. All it does is load it, and pass on what only the gateway knows. */
export function explorerPage({ files, base, headersHint }: ExplorerPageOptions): string {
  const { script, styles, preloads, icon } = files;
  const at = (name: string): string => `"${escape(base + name)}"`;
  const hint = headersHint === undefined ? '' : ` data-headers-hint="${escape(headersHint)}"`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Mode GraphQL</title>
    <link rel="icon" type="image/svg+xml" href=${at(icon)} />
    <script>${MISSING_SCRIPT}</script>
${styles.map((name) => `    <link rel="stylesheet" href=${at(name)} />\n`).join('')}${preloads
    .map((name) => `    <link rel="modulepreload" href=${at(name)} />\n`)
    .join('')}    <script type="module" src=${at(script)}></script>
  </head>
  <body>
    <div id="explorer"${hint}>Loading the explorer.</div>
    <noscript>The explorer needs JavaScript. Questions can be sent to this address without it, by POST, as JSON.</noscript>
  </body>
</html>
`;
}

/**
 * Lets the page run the scripts that lie beside it and the one that stands in it, and ask its own origin. Nothing else may run on it, were it to get
 * in by a schema, an answer or an address; nothing that a user enters may leave it, such as a key.
 */
export const EXPLORER_POLICY = [
  "default-src 'none'",
  `script-src 'self' ${MISSING_SCRIPT_HASH}`,
  // The editor writes its styles as it goes.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  // Of the style sheets' own pictures, some are written into them.
  "img-src 'self' data:",
  // A worker of the editor's has a policy of its own: that of the answer it came in, which lets it load nothing more.
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const NOT_BUILT =
  'The explorer has not been built: run "npm run build" where mode-graphql is, then start the gateway again. Questions are answered without it.\n';

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
