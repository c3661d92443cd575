/** Versions as far as a release needs them (semver.org): `1.2.3`, perhaps with `-dev.0` behind it. */

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly isPreview: boolean;
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/;

/** @throws {Error} for what is no version */
export function readVersion(text: string): Version {
  const [found, major = '', minor = '', patch = '', preview] = VERSION.exec(text) ?? [];
  if (found === undefined) throw new Error(`"${text}" is not a version such as 1.2.3.`);
  return { major: Number(major), minor: Number(minor), patch: Number(patch), isPreview: preview !== undefined };
}

/** Below zero when `a` comes before `b`. Two previews of one version are taken for the same. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || Number(b.isPreview) - Number(a.isPreview);
}

/**
 * Whether callers must expect that what worked with `from` does not with `to`: another major version, or below 1.0 another
 * minor one. A preview promises nothing that the release of its version would have to keep.
 */
export function mayBreak(from: Version, to: Version): boolean {
  if (compareVersions(from, to) >= 0) return false;
  return isPreviewOfBreaking(from) || to.major > from.major || (from.major === 0 && to.minor > from.minor);
}

/** The lowest version that may break what worked with `from`. */
export function nextThatMayBreak(from: Version): string {
  const { major, minor, patch } = from;
  if (isPreviewOfBreaking(from)) return `${major}.${minor}.${patch}`;
  return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
}

/** Of a version that may break what worked before it: whatever comes after such a preview may, too. */
function isPreviewOfBreaking({ major, minor, patch, isPreview }: Version): boolean {
  return isPreview && patch === 0 && (major === 0 || minor === 0);
}
