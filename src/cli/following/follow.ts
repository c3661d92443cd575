import { print, validate } from 'graphql';
import { schema } from '../../schema/schema.ts';
import type { Answer } from '../asking/answer.ts';
import type { Answerer } from '../asking/answerer.ts';
import type { Question } from '../asking/read-question.ts';
import { fieldsOf, fragmentsOf } from '../rows/fields.ts';
import { isRecord } from '../rows/json-record.ts';
import { UsageError } from '../usage-error.ts';
import type { Voice } from '../voice.ts';
import { grouped } from '../words.ts';
import { findConnection, type FoundConnection } from './find-connection.ts';
import { connectionAt, joinPages, replaceAt, type JoinedConnection } from './join-pages.ts';
import { pageDocuments, type PageDocuments } from './page-documents.ts';

/** Asks for page after page. */
export type Walk = (answerer: Answerer) => Promise<Answer>;

/**
 * Prepares to follow the first connection of a question to its end. Nothing is asked of anybody yet.
 *
 * @throws {UsageError} when it cannot be followed, saying why
 */
export function follow(question: Question, voice: Voice): Walk {
  checkAgainstSchema(question);
  const found = findConnection(question, schema);
  if (typeof found === 'string') throw cannotFollow(found);
  const documents = pageDocuments(question, found);
  if (typeof documents === 'string') throw cannotFollow(documents);
  return (answerer) => walk(question, found, documents, answerer, voice);
}

function cannotFollow(why: string): UsageError {
  return new UsageError(`--all cannot follow this question: ${why}.`);
}

/** Only what is known of the schema can be put another way. */
function checkAgainstSchema({ document }: Question): void {
  const errors = validate(schema, document).map(({ message, locations }) => {
    const { line, column } = locations?.[0] ?? { line: 1, column: 1 };
    return `error: ${message} (line ${line}, column ${column})`;
  });
  if (errors.length > 0) throw new UsageError(errors.join('\n'));
}

async function walk(
  { document, operation, variables }: Question,
  { field, path }: FoundConnection,
  documents: PageDocuments,
  answerer: Answerer,
  voice: Voice,
): Promise<Answer> {
  const fragments = fragmentsOf(document);
  const fields = fieldsOf(field.selectionSet ? [field.selectionSet] : [], fragments);
  const infos = fields.filter(({ name }) => name === 'pageInfo');
  const connection: JoinedConnection = {
    path,
    fields,
    pageInfos: new Map(infos.map(({ key, selections }) => [key, fieldsOf(selections, fragments)])),
  };
  const operationName = operation.name?.value;
  const kept = Object.fromEntries(Object.entries(variables).filter(([name]) => documents.variables.has(name)));
  const query = print(documents.next);

  let page = await answerer.ask({ query: print(documents.first), operationName, variables });
  let all = page;
  for (let pages = 1; ; pages++) {
    const end = endOf(page, path, documents.pageKey);
    if (end === undefined) {
      if (pages > 1) voice.note(`${grouped(pages)} pages were read.`);
      return without(all, path, documents.pageKey);
    }
    const after = { [documents.cursor]: end };
    page = await answerer.ask({ query, operationName, variables: { ...kept, ...after } });
    all = joinPages(all, page, connection);
    const behind = endOf(page, path, documents.pageKey);
    if (behind === end) throw new Error('The gateway answers with the same page again: its pages cannot be followed.');
    if (!connectionAt(page.data, path))
      voice.complain(`Page ${grouped(pages + 1)} could not be read; those before it are printed.`);
  }
}

/** Where the next page begins; undefined when there is none, or nothing is known of it. */
function endOf({ data }: Answer, path: readonly string[], pageKey: string): string | undefined {
  const page = connectionAt(data, path)?.[pageKey];
  return isRecord(page) && page.hasNextPage === true && typeof page.endCursor === 'string' ? page.endCursor : undefined;
}

/** The answer to the question as it was asked: without what we have added to it. */
function without(answer: Answer, path: readonly string[], pageKey: string): Answer {
  const connection = connectionAt(answer.data, path);
  if (!connection || !answer.data) return answer;
  const asked = Object.entries(connection).filter(([key]) => key !== pageKey);
  return { ...answer, data: replaceAt(answer.data, path, Object.fromEntries(asked)) };
}
