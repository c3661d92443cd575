import { writeFile } from 'node:fs/promises';
import { introspectionFromSchema, lexicographicSortSchema } from 'graphql';
import { printSchemaText } from '../schema/print-schema-text.ts';
import { schema as gatewaySchema } from '../schema/schema.ts';
import type { SchemaOptions } from './commands/schema.ts';
import { fileFailure } from './file-failure.ts';

/** `schema`: prints the schema, or writes it where `--write` says. */
export async function schema({ write, json }: SchemaOptions): Promise<void> {
  const text = json ? introspection() : printSchemaText();
  if (write === undefined) {
    process.stdout.write(text);
    return;
  }
  const usual = json ? 'schema.json' : 'schema.graphql';
  const file = write === true ? usual : write;
  await writeFile(file, text).catch((error: unknown) => {
    throw new Error(`${file} ${fileFailure(error, 'cannot be written: its folder is not there.')}`);
  });
}

/** What an introspection of all of it answers, in the form in which tools take it from a file. */
function introspection(): string {
  const data = introspectionFromSchema(lexicographicSortSchema(gatewaySchema));
  return `${JSON.stringify({ data }, undefined, 2)}\n`;
}
