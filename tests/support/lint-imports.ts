/**
 * Run by itself, since jest cannot load the linter's configuration: takes pairs `[file, imported]` as
 * JSON and prints how often the rule of the floors refuses each.
 */
import { ESLint } from 'eslint';

const eslint = new ESLint({
  ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
  // That rule needs no types, and finding them takes seconds.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});

const refusals: number[] = [];
for (const [filePath, imported] of JSON.parse(process.argv[2] ?? '[]') as [string, string][]) {
  const results = await eslint.lintText(`import '${imported}';\n`, { filePath });
  const messages = results.flatMap((file) => file.messages);
  refusals.push(messages.filter((each) => each.ruleId === 'no-restricted-imports').length);
  const other = messages.find((each) => each.fatal);
  if (other) throw new Error(other.message);
}
process.stdout.write(JSON.stringify(refusals));
