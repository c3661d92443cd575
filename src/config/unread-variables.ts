import { variableNames } from './print-configuration.ts';

/** What Kubernetes tells of a Service that happens to be called so. */
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT|PORT)(_|$)/;

/** Beginnings that hardly anybody else uses: a variable so named that nobody reads is a slip of the pen. */
const OURS = /^(MODE|GATEWAY|CATALOG|OPERATION|SHUTDOWN)_/;

/** Names that look like ours and are none of them. */
export function unreadVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(variableNames());
  return Object.keys(env)
    .filter((name) => OURS.test(name) && !SERVICE_LINK.test(name) && !known.has(name))
    .sort();
}
