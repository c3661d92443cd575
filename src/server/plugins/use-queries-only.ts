import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Says that there are no mutations and subscriptions while a document is validated; graphql-js notices it in execution. */
export function useQueriesOnly(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(queriesOnly);
    },
  };
}

function queriesOnly(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(
        new GraphQLError(`There are no ${node.operation}s here: this gateway only reads.`, { nodes: node }),
      );
    },
  };
}
