import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import { judgeSchema, type Judgement } from './judge-schema.ts';
import { RELEASED_SCHEMA, releasedVersion } from './released-schema.ts';

/** Judges what lies in the current folder, were it released as `nextVersion`. */
export async function judgeSchemaFiles(nextVersion: string, today: string): Promise<Judgement> {
  const [released, current, changelog] = await Promise.all(
    [RELEASED_SCHEMA, 'schema.graphql', 'CHANGELOG.md'].map((path) => readFile(path, 'utf8')),
  );
  return judgeSchema({
    released: buildSchema(released ?? ''),
    releasedVersion: releasedVersion(released ?? ''),
    current: buildSchema(current ?? ''),
    nextVersion,
    changelog: changelog ?? '',
    today,
  });
}

export function printJudgement({ problems, breaking, dangerous, safe }: Judgement): string {
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `- ${line}`), ''];
  return [
    ...list('Breaks callers:', breaking),
    ...list('May break callers who did not expect it; tell them in CHANGELOG.md:', dangerous),
    ...list('To be put right:', problems),
    `${breaking.length} breaking, ${dangerous.length} dangerous, ${safe} other changes since the last release; ${problems.length} to be put right.`,
  ].join('\n');
}
