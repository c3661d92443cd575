import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { readBody } from '../read-body.ts';
import { refusal } from '../refusal.ts';
import { badRequest, EXAMPLE_BODY, RefusedRequest } from '../refused-request.ts';

export interface RequestReaderOptions {
  /** Bytes of a body. */
  readonly mostBytes: number;
  /** Text that an address may hold beside what GraphQL over HTTP names. */
  readonly parameters: readonly string[];
}

/**
 * Reads the question out of a request, in the place of Yoga's own readers: those take what is no JSON in an address
 * for a fault of ours, replace what is no UTF-8, answer an unknown type with nothing, and take forms and plain text,
 * which no client of ours needs and any page can make a browser send without asking us first.
 */
export function useRequestReader({ mostBytes, parameters }: RequestReaderOptions): Plugin {
  const readAddress: Reader = ({ url }) => {
    const at = url.indexOf('?');
    return readQuery(new URLSearchParams(at === -1 ? '' : url.slice(at + 1).split('#')[0]), parameters);
  };
  return {
    onRequestParse({ request, setRequestParser, fetchAPI }) {
      const read = request.method === 'GET' ? readAddress : readerOf(request, mostBytes);
      setRequestParser(async (received) => {
        try {
          return await read(received);
        } catch (error) {
          if (error instanceof RefusedRequest) return refusal(fetchAPI, error.refusal);
          throw error;
        }
      });
    },
  };
}

/** Parameters of an address that hold JSON. */
const STRUCTURED: ReadonlySet<string> = new Set(['variables', 'extensions']);

type Reader = (request: Request) => GraphQLParams | Promise<GraphQLParams>;

const READERS: Readonly<Record<string, (text: string) => GraphQLParams>> = {
  'application/json': readJson,
  'application/graphql+json': readJson,
  'application/graphql': (query) => ({ query }),
};

function readerOf(request: Request, mostBytes: number): Reader {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  const reader = Object.hasOwn(READERS, type.trim()) ? READERS[type.trim()] : undefined;
  const charset = parameters.map((each) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(each)?.[1]).find(Boolean);
  if (!reader || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')) {
    return () => {
      throw new RefusedRequest({
        status: 415,
        code: 'UNSUPPORTED_MEDIA_TYPE',
        message: 'Send the question as JSON in UTF-8, with "Content-Type: application/json".',
      });
    };
  }
  return async (received) => reader(await readBody(received, mostBytes));
}

function readJson(text: string): GraphQLParams {
  const body = parseJson(text, 'The body', ` Send a question as ${EXAMPLE_BODY}.`);
  // Whatever is an object is looked at by what comes next; a list of questions, too.
  if (typeof body !== 'object' || body === null)
    throw badRequest(`The body must be a JSON object with a "query", such as ${EXAMPLE_BODY}.`);
  return body;
}

function readQuery(query: URLSearchParams, others: readonly string[]): GraphQLParams {
  const params: Record<string, unknown> = {};
  for (const name of ['query', 'operationName', 'variables', 'extensions', ...others]) {
    const text = query.get(name) ?? '';
    if (text !== '') params[name] = STRUCTURED.has(name) ? parseJson(text, `"${name}"`) : text;
  }
  return params;
}

function parseJson(text: string, what: string, remedy = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`${what} is not JSON.${remedy}`);
  }
}
