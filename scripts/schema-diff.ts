/**
 * `npm run schema:diff`: compares schema.graphql with what was released last (schema.released.graphql). Ends with 1 when
 * something breaks callers that CHANGELOG.md does not mark as BREAKING, or that the version to come may not hold.
 */
import { readFile } from 'node:fs/promises';
import { judgeSchemaFiles, printJudgement } from './release/judge-files.ts';

try {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
  const judgement = await judgeSchemaFiles(version, new Date().toISOString().slice(0, 10));
  console.log(printJudgement(judgement));
  if (judgement.problems.length > 0) process.exitCode = 1;
} catch (error) {
  // Of a schema that cannot be read, or a released one that does not say of which version it is.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
