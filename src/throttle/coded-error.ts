/** Every code a caller can meet in `extensions.code`, beside those that graphql-js and Yoga set themselves. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'INVALID_CURSOR'
  | 'NOT_FOUND'
  | 'REQUEST_ENTITY_TOO_LARGE'
  | 'REQUEST_TIMEOUT'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'BODY_ALREADY_READ'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'INTROSPECTION_DISABLED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'OPERATION_TOO_COSTLY'
  | 'STOPPING'
  | 'UPSTREAM_UNAUTHENTICATED'
  | 'UPSTREAM_FORBIDDEN'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_BUDGET_EXHAUSTED'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_INVALID_RESPONSE';

/**
 * An error whose message is meant for the caller. Each floor subclasses it, one class a file; the
 * server shows these and masks everything else. It lives on the ground floor because every floor
 * raises one. A message never holds a secret, a stack or a piece of an upstream body.
 */
export abstract class CodedError extends Error {
  abstract readonly code: ErrorCode;

  /** What a program needs besides the code: seconds to wait, the API, the kind of thing. */
  get details(): Readonly<Record<string, unknown>> {
    return {};
  }
}
