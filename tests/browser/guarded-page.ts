import { chromium, type Browser, type Page } from 'playwright-core';

const ARGUMENTS = [
  // Containers and CI run as root and without a GPU.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  // The browser's own calls home.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser for which `names` mean this machine. */
export function launch(executablePath: string, names: readonly string[] = []): Promise<Browser> {
  // Whatever slips past the guard below finds no host.
  const rules = [...names.map((name) => `MAP ${name} 127.0.0.1`), 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'];
  return chromium.launch({ executablePath, args: [...ARGUMENTS, `--host-resolver-rules=${rules.join(', ')}`] });
}

/** A page that may speak to one origin only, and a record of what it did. */
export interface GuardedPage {
  readonly page: Page;
  /** Addresses elsewhere that it tried to reach. None was reached. */
  readonly strayed: string[];
  /** What went wrong in its scripts, and what its policy refused. */
  readonly faults: string[];
}

export interface GuardedPageOptions {
  /** @default light */
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

export async function openGuardedPage(
  browser: Browser,
  origin: string,
  { colorScheme = 'light', viewport = { width: 1400, height: 900 } }: GuardedPageOptions = {},
): Promise<GuardedPage> {
  const context = await browser.newContext({ viewport, colorScheme, serviceWorkers: 'block' });
  const strayed: string[] = [];
  const faults: string[] = [];
  const isAway = (url: string): boolean => /^(https?|wss?|ftp):/.test(url) && new URL(url).origin !== origin;
  context.on('request', (request) => {
    if (isAway(request.url())) strayed.push(request.url());
  });
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  // The console tells of most of these, of what is done in silence it does not.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      reportError(new Error(`Policy violated: ${violatedDirective}, ${blockedURI}`));
    });
  });
  await context.route(
    (url) => isAway(url.href),
    (route) => route.abort('blockedbyclient'),
  );
  await context.routeWebSocket(/.*/, (socket) => {
    strayed.push(socket.url());
    return socket.close();
  });
  return { page: await context.newPage(), strayed, faults };
}
