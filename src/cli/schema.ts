import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { printSchemaText } from '../schema/print-schema-text.ts';

/** `schema`: prints the schema, or writes it where `--write` says. */
export async function schema(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { write: { type: 'boolean', default: false } } });
  const text = printSchemaText();
  if (values.write) await writeFile('schema.graphql', text);
  else process.stdout.write(text);
}
