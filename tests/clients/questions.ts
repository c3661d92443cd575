import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, type DocumentNode } from 'graphql';

/** Questions that every client is tested with, by the file of this folder they stand in. */
export const QUESTIONS = { roads: join(__dirname, 'roads.graphql'), complaints: join(__dirname, 'complaints.graphql') };

/** One of the questions, with all fragments of its file. */
export function question(file: keyof typeof QUESTIONS, name: string): DocumentNode {
  const document = parse(readFileSync(QUESTIONS[file], 'utf8'));
  const definitions = document.definitions.filter(
    (each) =>
      each.kind === Kind.FRAGMENT_DEFINITION || (each.kind === Kind.OPERATION_DEFINITION && each.name?.value === name),
  );
  return { ...document, definitions };
}
