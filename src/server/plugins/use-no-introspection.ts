import type { ASTVisitor, ValidationContext } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import type { ErrorCode } from '../../throttle/coded-error.ts';

/** Refuses `__schema` and `__type`. `__typename` stays: clients' caches live on it. */
export function useNoIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoIntrospection);
    },
  };
}

function NoIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value !== '__schema' && node.name.value !== '__type') return;
      const message =
        'Introspection is off at this gateway; its schema.graphql says what can be asked (INTROSPECTION).';
      const code: ErrorCode = 'INTROSPECTION_DISABLED';
      context.reportError(createGraphQLError(message, { nodes: [node], extensions: { code } }));
    },
  };
}
