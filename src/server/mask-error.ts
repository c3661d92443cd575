import { GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { CodedError } from '../throttle/coded-error.ts';
import { requestIdOfError } from './error-origin.ts';

/** Told of errors nobody foresaw, and of which request, where that is known; callers see none of it. */
export type ReportError = (error: unknown, requestId?: string) => void;

/**
 * The one place where errors become answers. Coded errors are shown with their code and details;
 * what graphql-js says about the document itself is shown as it is; the rest is masked and reported,
 * for a message we did not write may hold anything.
 */
export function createMaskError(report: ReportError): (error: unknown) => GraphQLError {
  return (error) => {
    if (!(error instanceof GraphQLError)) return error instanceof CodedError ? coded(error) : masked(error);
    const cause = rootCause(error.originalError);
    if (cause instanceof CodedError) return coded(cause, error);
    if (cause !== undefined && (!(cause instanceof GraphQLError) || isUnservable(error, cause))) {
      return masked(cause, error);
    }
    // Wrong variables carry no code of their own; documents that do not parse or validate do.
    error.extensions.code ??= 'BAD_USER_INPUT';
    return error;
  };

  function masked(cause: unknown, located?: GraphQLError): GraphQLError {
    // Somebody hung up: foreseen, and nobody is left to read the answer.
    if (!isAbort(cause)) report(cause, requestIdOfError(located ?? cause));
    return createGraphQLError('Something went wrong inside the gateway.', {
      ...place(located),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  }
}

/** A value of ours that its scalar refuses. Unlike a bad argument, it points at no place in the document by itself. */
function isUnservable(error: GraphQLError, cause: GraphQLError): boolean {
  return error.path !== undefined && cause.nodes === undefined;
}

/** Looks at names rather than classes: what an abort throws is no Error everywhere, and loaders wrap what is none. */
function isAbort(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  return ('name' in thrown && thrown.name === 'AbortError') || ('cause' in thrown && isAbort(thrown.cause));
}

/** A coded error as callers see it. */
export function coded(error: CodedError, located?: GraphQLError): GraphQLError {
  return createGraphQLError(error.message, {
    ...place(located),
    extensions: {
      code: error.code,
      ...error.details,
      // Without a place in the answer there is no answer: the request itself was at fault.
      ...(located?.path === undefined && { http: { spec: true, status: 400 } }),
    },
  });
}

function place(located: GraphQLError | undefined) {
  return located ? { nodes: located.nodes ?? null, path: located.path ?? null, source: located.source ?? null } : {};
}

/** What was thrown in the first place, below whatever GraphQL has put around it. */
export function rootCause(error: Error | undefined): Error | undefined {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}
