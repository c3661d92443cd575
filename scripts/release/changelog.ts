/** CHANGELOG.md, in the form of keepachangelog.com. */

const UNRELEASED = /^## \[?Unreleased\]?[^\S\n]*$/m;

/** What stands below “Unreleased”; undefined when there is no such heading. */
export function unreleasedIn(changelog: string): string | undefined {
  const found = UNRELEASED.exec(changelog);
  if (!found) return undefined;
  const rest = changelog.slice(found.index + found[0].length);
  const end = rest.search(/^## /m);
  return end === -1 ? rest : rest.slice(0, end);
}

/** The items that say `- BREAKING: …`, each on one line, however many it takes there. */
export function breakingItems(unreleased: string): string[] {
  const items = unreleased.split(/^(?=[-*] |#)/m).filter((item) => /^[-*] \**BREAKING\b/.test(item));
  return items.map((item) => item.replace(/\s+/g, ' ').trim());
}

/**
 * The changelog once `version` is released: what was unreleased stands below it, and the next items have a place.
 *
 * @param date as in 2026-11-26
 * @throws {Error} when there is nothing to release
 */
export function releaseChangelog(changelog: string, version: string, date: string): string {
  const unreleased = unreleasedIn(changelog);
  if (unreleased === undefined) throw new Error('CHANGELOG.md has no heading "## [Unreleased]".');
  if (!/^[-*] /m.test(unreleased)) throw new Error('CHANGELOG.md has nothing below "## [Unreleased]".');
  return changelog.replace(UNRELEASED, `## [Unreleased]\n\n## [${version}] - ${date}`);
}
