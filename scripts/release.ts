/**
 * `npm run release -- 0.2.0`: writes what a release changes: the version, the changelog's heading and the schema that
 * callers know from then on. Commits, tags and publishes nothing. Ends with 1, and changes nothing, when the schema may not
 * be released as that version.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { releaseChangelog } from './release/changelog.ts';
import { judgeSchemaFiles, printJudgement } from './release/judge-files.ts';
import { printReleasedSchema, RELEASED_SCHEMA, releasedVersion } from './release/released-schema.ts';
import { compareVersions, readVersion } from './release/versions.ts';

async function release(version: string, today: string): Promise<void> {
  const before = releasedVersion(await readFile(RELEASED_SCHEMA, 'utf8'));
  if (compareVersions(readVersion(before), readVersion(version)) >= 0) {
    throw new Error(`${version} does not come after ${before}, which was released last.`);
  }
  const judgement = await judgeSchemaFiles(version, today);
  if (judgement.problems.length > 0) throw new Error(printJudgement(judgement));
  const changelog = releaseChangelog(await readFile('CHANGELOG.md', 'utf8'), version, today);
  const set = spawnSync('npm', ['version', '--no-git-tag-version', '--allow-same-version', version], {
    encoding: 'utf8',
  });
  if (set.status !== 0) throw new Error(`npm could not set the version:\n${set.stderr}`);
  await writeFile('CHANGELOG.md', changelog);
  await writeFile(RELEASED_SCHEMA, printReleasedSchema(await readFile('schema.graphql', 'utf8'), version));
  console.log(
    `Ready to be committed and tagged as v${version}: package.json, package-lock.json, CHANGELOG.md, ${RELEASED_SCHEMA}.`,
  );
}

try {
  const [version] = process.argv.slice(2);
  if (version === undefined) throw new Error('Usage: npm run release -- 1.2.3');
  await release(version, new Date().toISOString().slice(0, 10));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
