import { getOperationAST, OperationTypeNode, type DocumentNode } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';

/** Says of mutations and subscriptions that there are none, before GraphQL fails over the missing root type. */
export function useQueriesOnly(): Plugin {
  return {
    onParse() {
      return ({ result, context: { request, params } }) => {
        if (!isDocument(result)) return;
        const kind = getOperationAST(result, params.operationName)?.operation;
        if (kind === undefined || kind === OperationTypeNode.QUERY) return;
        const isGet = request.method === 'GET';
        throw createGraphQLError(`This gateway reads: it answers queries, and knows no ${kind}.`, {
          extensions: {
            code: isGet ? 'BAD_REQUEST' : 'GRAPHQL_VALIDATION_FAILED',
            http: isGet ? { status: 405, headers: { allow: 'POST' } } : { status: 400, spec: true },
          },
        });
      };
    },
  };
}

function isDocument(result: unknown): result is DocumentNode {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'Document';
}
