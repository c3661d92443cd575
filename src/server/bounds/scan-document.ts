import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { OperationTooCostlyError } from '../../throttle/operation-too-costly-error.ts';

/** Brackets inside brackets: twice what the deepest document that is answered needs, and far from where a parser overflows. */
export const DEEPEST_NESTING = 250;

const END: string = TokenKind.EOF;
const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Looks through a document before it is parsed, for parsing calls itself once for each bracket. Text that is
 * no GraphQL is left to the parser, which says better what is wrong with it.
 *
 * @throws {OperationTooCostlyError} when it is too long, or nested too deeply to be parsed
 */
export function scanDocument(source: string | Source, maxTokens: number): void {
  const lexer = new Lexer(typeof source === 'string' ? new Source(source) : source);
  let tokens = 0;
  let nesting = 0;
  for (;;) {
    const kind = nextKind(lexer);
    if (kind === undefined || kind === END) return;
    tokens++;
    if (tokens > maxTokens) throw tooLong(maxTokens);
    if (OPENING.has(kind)) nesting++;
    else if (CLOSING.has(kind)) nesting--;
    if (nesting > DEEPEST_NESTING) throw tooNested(nesting, 'document');
  }
}

export function tooNested(found: number, what: 'document' | 'variables'): OperationTooCostlyError {
  return new OperationTooCostlyError(
    'nesting',
    DEEPEST_NESTING,
    found,
    `The ${what === 'document' ? 'document has' : 'variables have'} more than ${DEEPEST_NESTING} brackets inside brackets. Ask for less at once.`,
  );
}

function nextKind(lexer: Lexer): string | undefined {
  try {
    return lexer.advance().kind;
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

function tooLong(limit: number): OperationTooCostlyError {
  return new OperationTooCostlyError(
    'tokens',
    limit,
    limit + 1,
    `The document has more than ${limit} tokens (names, signs and values), and one may have ${limit}. Pass lists as variables, use fragments for what repeats, or ask in several requests.`,
  );
}
