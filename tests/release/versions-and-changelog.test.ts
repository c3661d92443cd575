import fc from 'fast-check';
import { releaseChangelog, unreleasedIn } from '../../scripts/release/changelog.ts';
import { releasedVersion } from '../../scripts/release/released-schema.ts';
import { compareVersions, mayBreak, nextThatMayBreak, readVersion } from '../../scripts/release/versions.ts';

const version = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-dev.0'))
  .map(([major, minor, patch, preview]) => `${major}.${minor}.${patch}${preview}`);

describe('versions', () => {
  it('that come before or are the same never break what worked', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const [from, to] = [readVersion(a), readVersion(b)];
        if (compareVersions(from, to) >= 0) expect(mayBreak(from, to)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it('may break from the lowest one on that may, and never before it', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const [from, to] = [readVersion(a), readVersion(b)];
        const lowest = readVersion(nextThatMayBreak(from));
        if (!to.isPreview) expect(mayBreak(from, to)).toBe(compareVersions(to, lowest) >= 0);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each(['1.2', 'v1.2.3', '1.2.3.4', '', '1.2.3-', 'latest'])('are not such as "%s"', (text) => {
    expect(() => readVersion(text)).toThrow('is not a version');
  });
});

describe('the changelog', () => {
  const before = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- This.\n\n## [0.1.0] - 2026-01-01\n\n- That.\n';

  it('has what was unreleased below the new version, and a place for what comes next', () => {
    const after = releaseChangelog(before, '0.2.0', '2026-11-26');
    expect(after).toBe(before.replace('## [Unreleased]\n', '## [Unreleased]\n\n## [0.2.0] - 2026-11-26\n'));
    expect(unreleasedIn(after)?.trim()).toBe('');
    expect(() => releaseChangelog(after, '0.3.0', '2026-11-27')).toThrow('nothing below');
  });

  it('without the heading is told so', () => {
    expect(unreleasedIn('# Changelog\n')).toBeUndefined();
    expect(() => releaseChangelog('# Changelog\n', '0.2.0', '2026-11-26')).toThrow('no heading');
  });
});

it('a released schema that does not say of which version it is, is none', () => {
  expect(() => releasedVersion('type Query { id: ID }\n')).toThrow('does not say in its first line');
});
