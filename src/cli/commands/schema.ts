import { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { withManual } from '../manual.ts';
import { jsonOption } from '../shared-options.ts';

export interface SchemaOptions {
  /** True: where it is by convention. */
  readonly write?: string | true;
  readonly json?: true;
}

export function schemaCommand(): Command {
  const command = new Command('schema')
    .summary('print the schema')
    .description('Prints the schema in GraphQL’s schema language, sorted, as schema.graphql of the package holds it.')
    .option('--write [file]', 'write it into a file instead (default: schema.graphql; with --json, schema.json)')
    .addOption(jsonOption('as the answer to an introspection, which some tools want'))
    .action(async (options: SchemaOptions) => (await import('../schema.ts')).schema(options));
  return withManual(command, {
    examples: [
      { what: 'Look something up', line: "mode-graphql schema | grep -A 5 'enum ChartOrderField'" },
      { what: 'For a code generator', line: 'mode-graphql schema --write schema.graphql' },
      { what: 'For a tool that wants introspection', line: 'mode-graphql schema --json --write' },
    ],
    exits: {
      [EXIT.done]: 'printed, or written',
      [EXIT.cannotRun]: 'the file cannot be written',
      [EXIT.wrongUse]: 'called wrongly',
    },
  });
}
