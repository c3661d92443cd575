/** How much one question may ask for. */
import type * as z from 'zod';
import { mostCallsWithin, type RateWindow } from '../throttle/rate-window.ts';
import { duration, size, variable, whole, wholeIfGiven } from './kinds.ts';

export interface BoundConfig {
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  readonly operationTimeoutMs: number;
  /** Milliseconds for a request to arrive, from its first byte to its last. */
  readonly requestTimeoutMs: number;
  /** Bytes of a request's body. */
  readonly maxBodySize: number;
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxFields: number;
  readonly maxRootFields: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  readonly maxVariables: number;
  readonly maxNodes: number;
  readonly maxUpstreamCalls: number;
}

export const boundVariables = {
  DEFAULT_PAGE_SIZE: variable(whole(20, 1, 10_000), {
    about: 'Rows of a page when neither `first` nor `last` is given.',
    fallback: '`20`',
  }),
  MAX_PAGE_SIZE: variable(whole(100, 1, 10_000), {
    about: 'The most rows of a page; asking for more is an error.',
    fallback: '`100`',
  }),
  OPERATION_TIMEOUT: variable(duration('30s', 100), {
    about:
      'How long a question may take; what cannot be had by then is an error beside the rest. A caller may ask for less with `Prefer: wait=5`.',
    fallback: '`30s`',
  }),
  MAX_UPSTREAM_CALLS: variable(wholeIfGiven(1, 1_000_000), {
    about:
      'Calls to Mode that one question may take. One that is expected to take more is refused before the first; one that turns out to need more gets what was found until then. Where the catalog has to be read for a question, those calls count. What a question would cost, and whether it would be refused, the header `X-Gateway-Explain: true` tells without a call.',
    fallback: 'what Mode’s limit lets through within `OPERATION_TIMEOUT`: 160 for `30s` at `40/10s`',
  }),
  MAX_NODES: variable(whole(1_000_000, 1, 9_999_999), {
    about:
      'Objects that an answer may hold, were every page full: the page sizes of lists inside lists, multiplied. The largest question of the README comes to 421,021.',
    fallback: '`1000000`',
  }),
  MAX_BODY_SIZE: variable(size('1MB', 1_024, 100 * 1_048_576), {
    about: 'The largest body of a request, such as `100KB` or `1MB`. Compressed ones are refused.',
    fallback: '`1MB`',
  }),
  REQUEST_TIMEOUT: variable(duration('30s', 100), {
    about: 'How long a request may take to arrive, from its first byte to its last; one that is slower is cut.',
    fallback: '`30s`',
  }),
  MAX_TOKENS: variable(whole(2_500, 500, 100_000), {
    about: 'Tokens (names, signs, values) of a document. GraphiQL’s introspection has about 400.',
    fallback: '`2500`',
  }),
  MAX_DEPTH: variable(whole(20, 16, 100), {
    about: 'Fields inside fields, counted downwards. A page takes two or three of them; introspection needs 15.',
    fallback: '`20`',
  }),
  MAX_FIELDS: variable(whole(5_000, 500, 1_000_000), {
    about: 'Fields of an operation, those of a fragment counted wherever it is spread.',
    fallback: '`5000`',
  }),
  MAX_ROOT_FIELDS: variable(whole(30, 1, 10_000), {
    about: 'Fields at the top of an operation.',
    fallback: '`30`',
  }),
  MAX_ALIASES: variable(whole(50, 1, 10_000), {
    about: 'Fields with an alias, those of a fragment counted wherever it is spread.',
    fallback: '`50`',
  }),
  MAX_DIRECTIVES: variable(whole(50, 1, 10_000), {
    about: 'Directives of a document, such as `@include`.',
    fallback: '`50`',
  }),
  MAX_VARIABLES: variable(whole(5_000, 1, 1_000_000), {
    about: 'Values in a request’s variables, those inside lists and objects counted.',
    fallback: '`5000`',
  }),
};

type Values = z.output<z.ZodObject<typeof boundVariables>>;

/** @param windows Mode's limit, which says how many calls a question has time for */
export function boundConfig(values: Values, windows: readonly RateWindow[]): BoundConfig {
  return {
    defaultPageSize: values.DEFAULT_PAGE_SIZE,
    maxPageSize: values.MAX_PAGE_SIZE,
    operationTimeoutMs: values.OPERATION_TIMEOUT,
    requestTimeoutMs: values.REQUEST_TIMEOUT,
    maxBodySize: values.MAX_BODY_SIZE,
    maxTokens: values.MAX_TOKENS,
    maxDepth: values.MAX_DEPTH,
    maxFields: values.MAX_FIELDS,
    maxRootFields: values.MAX_ROOT_FIELDS,
    maxAliases: values.MAX_ALIASES,
    maxDirectives: values.MAX_DIRECTIVES,
    maxVariables: values.MAX_VARIABLES,
    maxNodes: values.MAX_NODES,
    maxUpstreamCalls: values.MAX_UPSTREAM_CALLS ?? mostCallsWithin(values.OPERATION_TIMEOUT, windows),
  };
}

export function boundProblems(values: Values | undefined): string[] {
  if (!values || values.DEFAULT_PAGE_SIZE <= values.MAX_PAGE_SIZE) return [];
  return ['DEFAULT_PAGE_SIZE must not be larger than MAX_PAGE_SIZE'];
}
