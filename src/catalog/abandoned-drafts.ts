import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Writing one takes seconds, even to a slow disk: nobody is at it any more. Milliseconds. */
const ABANDONED_AFTER_MS = 3_600_000;

/** What is written before it is renamed: the list's file, a full stop and a UUID. */
const DRAFT = /\.catalog\.[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export function isAbandonedDraft(name: string, modifiedAtMs: number, nowMs: number): boolean {
  return DRAFT.test(name) && nowMs - modifiedAtMs > ABANDONED_AFTER_MS;
}

/**
 * Removes the drafts of processes that were killed while they wrote: they hold SQL and e-mail addresses, are of no
 * use to anybody, and each such death would leave one more. Never throws.
 */
export async function removeAbandonedDrafts(directory: string, nowMs: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const drafts = names.filter((name) => DRAFT.test(name)).map((name) => join(directory, name));
  await Promise.all(
    drafts.map(async (draft) => {
      const { mtimeMs } = await stat(draft);
      if (isAbandonedDraft(draft, mtimeMs, nowMs)) await rm(draft, { force: true });
    }),
  ).catch(() => undefined);
}
