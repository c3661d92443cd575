import type { Source } from 'graphql';
import { createGraphQLError, type GraphQLParams, type Plugin } from 'graphql-yoga';
import type { ErrorCode } from '../../throttle/coded-error.ts';
import { EXAMPLE_BODY } from '../refused-request.ts';
import type { PersistedOperations } from '../persisted-operations/persisted-operations.ts';

export interface PersistedOperationOptions {
  /** Undefined: this gateway has none. */
  readonly operations: PersistedOperations | undefined;
  /** Whether it answers nothing else. */
  readonly only: boolean;
}

/** Beside Apollo's `extensions.persistedQuery`: where the draft of GraphQL over HTTP, Relay and others put the id. */
export const ID_PARAMETERS: readonly string[] = ['documentId', 'id', 'doc_id'];

/**
 * Answers operations by their id. Unknown ones are never learnt from clients (as Apollo's "automatic" ones are):
 * whoever can ask could fill the memory, and the list would allow whatever somebody has sent before.
 */
export function usePersistedOperations({ operations, only }: PersistedOperationOptions): Plugin {
  return {
    onParams({ params, request, setParams }) {
      // What is no object is left to Yoga, which says so.
      if (!isObject(params)) return;
      if (params.query) {
        if (only) throw fault(403, 'FORBIDDEN', ONLY);
        return;
      }
      const id = presentedId(params, request);
      if (id === undefined) {
        if (only) throw fault(400, 'BAD_REQUEST', ONLY);
        if (isEmpty(params)) throw fault(400, 'BAD_REQUEST', NO_QUESTION);
        return;
      }
      // Clients look for these two messages, word by word, and then send the text.
      if (!operations) throw fault(400, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
      const query = operations.textOf(id);
      if (query === undefined) throw fault(400, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
      setParams({ ...params, query });
    },
    onParse({ params, setParsedDocument }) {
      const source = params.source as string | Source;
      const document = operations?.documentOf(typeof source === 'string' ? source : source.body);
      if (document) setParsedDocument(document);
    },
  };
}

const ONLY =
  'This gateway answers persisted operations only: send the id of one of its manifest, as "documentId" or "extensions.persistedQuery". Free questions, introspection and GraphiQL need a gateway without PERSISTED_OPERATIONS_ONLY.';

const NO_QUESTION = `There is no question in this request: send one by POST, as JSON such as ${EXAMPLE_BODY}.`;

/** No question, and nothing that was meant to be one: of that Yoga says what is wrong with it. */
function isEmpty(params: object): boolean {
  const names = Object.entries(params).flatMap(([name, value]) => (value === undefined || value === null ? [] : name));
  return names.every((name) => ['operationName', 'variables', 'extensions'].includes(name));
}

function presentedId(params: GraphQLParams, request: Request): string | undefined {
  // Of an address, Yoga reads no more than GraphQL over HTTP knows.
  const address = request.method === 'GET' ? new URL(request.url, 'http://localhost').searchParams : undefined;
  const sent: Readonly<Record<string, unknown>> = address ? Object.fromEntries(address) : { ...params };
  const { persistedQuery } = params.extensions ?? {};
  const hash = isObject(persistedQuery) && 'sha256Hash' in persistedQuery ? persistedQuery.sha256Hash : undefined;
  return [...ID_PARAMETERS.map((name) => sent[name]), hash].find(isText);
}

function fault(status: number, code: ErrorCode, message: string) {
  // "spec": a client that accepts plain JSON gets the 200 that GraphQL over HTTP wants it to get.
  const http = { status, ...(status === 400 && { spec: true }) };
  return createGraphQLError(message, { extensions: { code, http } });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
