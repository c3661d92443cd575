/** What the plan's words mean. */
export const HOW: Readonly<Record<string, string>> = {
  snapshot: 'taken from what the gateway holds, at no call',
  scan: 'all of a list, up to 1,000 rows a call',
  walk: 'page by page, up to 30 rows a call',
  read: 'one by one',
};

const SOURCES: Readonly<Record<string, string>> = {
  REST: 'REST',
  DISCOVERY: 'Discovery',
  STATS: 'Statistics',
};

/** A source as people write it; of one that is new here, its own word. */
export function sourceName(source: string): string {
  return SOURCES[source] ?? source;
}
