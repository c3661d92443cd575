import { Kind, OperationTypeNode, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { ManifestError, readManifest } from './read-manifest.ts';

/** Operations that clients may ask for by their id. */
export interface PersistedOperations {
  readonly size: number;
  /** The text of an operation; undefined when no operation has this id. */
  textOf(id: string): string | undefined;
  /** The same text parsed, so that it need not be again; undefined when it is no operation's. */
  documentOf(text: string): DocumentNode | undefined;
}

/** Of a manifest made for another schema, every operation may be wrong. */
const MOST_PROBLEMS = 20;

/**
 * The operations of a manifest, each of them parsed and found to fit the schema.
 *
 * @throws {ManifestError} naming the operations that do not, or saying what is wrong with the manifest
 */
export function createPersistedOperations(json: string, schema: GraphQLSchema): PersistedOperations {
  const operations = readManifest(json);
  const documents = new Map<string, DocumentNode>();
  const problems: string[] = [];
  for (const [id, text] of operations) {
    const { document, complaints } = readOperation(text, schema);
    if (document) documents.set(text, document);
    problems.push(...complaints.map((complaint) => `${nameOf(document)} (${id.slice(0, 16)}): ${complaint}`));
  }
  if (problems.length > 0) {
    const more = problems.length - MOST_PROBLEMS;
    throw new ManifestError([...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])]);
  }
  // A Map: ids such as "constructor" mean nothing to it.
  const texts = new Map(operations);
  return {
    size: texts.size,
    // The GraphQL-over-HTTP draft writes a hash as `sha256:…`; no compiler does.
    textOf: (id) => texts.get(id) ?? texts.get(id.replace(/^sha256:/, '')),
    documentOf: (text) => documents.get(text),
  };
}

interface Reading {
  readonly document?: DocumentNode;
  readonly complaints: readonly string[];
}

function readOperation(text: string, schema: GraphQLSchema): Reading {
  try {
    const document = parse(text);
    const kinds = document.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [each.operation] : [],
    );
    if (kinds.length === 0) return { document, complaints: ['holds fragments only'] };
    const other = kinds.find((kind) => kind !== OperationTypeNode.QUERY);
    if (other !== undefined) return { document, complaints: [`this gateway answers queries, and knows no ${other}`] };
    return { document, complaints: validate(schema, document).map(({ message }) => message) };
  } catch (error) {
    return { complaints: [error instanceof Error ? error.message : 'cannot be parsed'] };
  }
}

function nameOf(document: DocumentNode | undefined): string {
  const operation = document?.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  return operation?.name?.value ?? 'an operation';
}
