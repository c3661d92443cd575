import { EXIT } from '../exit-codes.ts';
import type { Answer, AnswerError } from './answer.ts';

/** The question cannot be answered as it is, by anybody. */
const WRONG_QUESTION: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'INTROSPECTION_DISABLED',
  'REQUEST_ENTITY_TOO_LARGE',
]);

/** It was not even looked at. */
const NOT_ASKED: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'STOPPING',
  'REQUEST_TIMEOUT',
  'UNSUPPORTED_MEDIA_TYPE',
  'INTERNAL_SERVER_ERROR',
  'UPSTREAM_UNAUTHENTICATED',
  'UPSTREAM_FORBIDDEN',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
]);

/** The exit code that an answer comes to. Whatever has data has been answered, be it in part. */
export function judgeAnswer({ data, errors = [] }: Answer): number {
  if (errors.length === 0) return EXIT.done;
  if (data !== undefined) return EXIT.incomplete;
  const codes = errors.map(codeOf);
  if (codes.some((code) => NOT_ASKED.has(code))) return EXIT.cannotRun;
  return codes.some((code) => WRONG_QUESTION.has(code)) ? EXIT.wrongUse : EXIT.incomplete;
}

/** One line, for people. */
export function printError(error: AnswerError): string {
  const { message, path, locations } = error;
  const code = codeOf(error);
  const where = path
    ? `at ${path.join('.')}`
    : locations?.[0] && `line ${locations[0].line}, column ${locations[0].column}`;
  const more = [where, code].filter((part) => part !== undefined && part !== '').join(', ');
  return `error: ${message}${more === '' ? '' : ` (${more})`}`;
}

function codeOf({ extensions }: AnswerError): string {
  return extensions?.code ?? '';
}
