import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { GraphQLError, Kind, OperationTypeNode, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import type { QuestionOptions } from '../commands/question-options.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** What is going to be asked. */
export interface Question {
  /** As it was written: what is said of lines and columns is true of it. */
  readonly text: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
}

type Sources = Pick<QuestionOptions, 'text' | 'variables' | 'operation'>;

/**
 * The question that the command line names, parsed. Nothing is asked of anybody yet.
 *
 * @throws {UsageError} saying what is wrong with it
 */
export async function readQuestion(
  file: string | undefined,
  { text, variables, operation }: Sources,
  stdin: NodeJS.ReadableStream = process.stdin,
): Promise<Question> {
  const source = await readSource(file, text, stdin);
  const document = parseQuestion(source.text, source.name);
  return {
    text: source.text,
    document,
    operation: chooseOperation(document, operation, source.name),
    variables: variables === undefined ? {} : await readVariables(variables),
  };
}

async function readSource(
  file: string | undefined,
  text: string | undefined,
  stdin: NodeJS.ReadableStream,
): Promise<{ readonly name: string; readonly text: string }> {
  if (file !== undefined && text !== undefined) {
    throw new UsageError(`Give a file or --text, not both: "${file}" is a file.`);
  }
  if (text !== undefined) return { name: '--text', text };
  if (file === undefined) {
    throw new UsageError('There is no question: name a file, give the question with --text, or read it from "-".');
  }
  if (file === '-') return { name: 'standard input', text: await readAll(stdin) };
  return { name: file, text: await readNamed(file) };
}

async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} ${fileFailure(error)}`);
  }
}

function parseQuestion(text: string, name: string): DocumentNode {
  if (text.trim() === '') throw new UsageError(`There is no question in ${name}: it is empty.`);
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line, column } = error.locations?.[0] ?? { line: 1, column: 1 };
    throw new UsageError(`${name} is not GraphQL: ${error.message} (line ${line}, column ${column})`);
  }
}

function chooseOperation(document: DocumentNode, name: string | undefined, source: string): OperationDefinitionNode {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const named = operations.flatMap((each) => each.name?.value ?? []).join(', ');
  const [only] = operations;
  if (!only) throw new UsageError(`There is no operation in ${source}, only fragments.`);
  if (name === undefined && operations.length > 1) {
    throw new UsageError(`There are several operations in ${source}; choose one with --operation: ${named}`);
  }
  const chosen = name === undefined ? only : operations.find((each) => each.name?.value === name);
  if (!chosen) {
    throw new UsageError(
      `There is no operation "${name ?? ''}" in ${source}${named === '' ? '; its only one has no name' : `; there are: ${named}`}`,
    );
  }
  if (chosen.operation !== OperationTypeNode.QUERY) {
    throw new UsageError(`The operation in ${source} is a ${chosen.operation}; the gateway answers queries only.`);
  }
  return chosen;
}

async function readVariables(given: string): Promise<Variables> {
  const text = given.startsWith('@') ? await readNamed(given.slice(1)) : given;
  const name = given.startsWith('@') ? given.slice(1) : '--variables';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw new UsageError(`${name} must be a JSON object, such as {"first": 10}.`);
  return value;
}

function isObject(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
