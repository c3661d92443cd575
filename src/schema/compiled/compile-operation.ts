import {
  GraphQLError,
  Kind,
  separateOperations,
  visit,
  type ASTNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
// It brings a JSON serialiser that we do not use, and takes 100 ms to load: whoever imports this file does so late.
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { andThen, type MaybePromise } from '../../loading/maybe-promise.ts';
import { isFitToCompile, isFreeOfValues } from './fit-to-compile.ts';
import { withOwnVariables, type Values } from './own-variables.ts';

/** What an operation is carried out with. */
export interface Execution {
  readonly rootValue?: unknown;
  readonly contextValue?: unknown;
  readonly variables: Values;
}

/** An operation as a function. Undefined: who tells what is wrong with its variables must look at them. */
export type CompiledOperation = (execution: Execution) => MaybePromise<ExecutionResult> | undefined;

/** A scalar that takes any value as it is. */
const ANYTHING = 'JSON';

/**
 * Writes an operation of a valid document as JavaScript, by graphql-jit. Undefined when that would not do the same.
 *
 * @param operationName undefined when it is the document's only one
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation | undefined {
  const operations = separateOperations(document);
  const alone = operationName === undefined ? Object.values(operations)[0] : operations[operationName];
  if (!alone || !isFitToCompile(alone)) return undefined;
  const own = withOwnVariables(schema, alone, ANYTHING);
  // Without it, whoever may ask could run what they like in this process.
  if (!isFreeOfValues(own.document)) return undefined;
  // Errors of resolvers bring their stack; of the compiler's own nobody reads it.
  const compiled = compileQuery(schema, own.document, undefined, { disablingCapturingStackErrors: true });
  if (!isCompiledQuery(compiled)) return undefined;
  const nodeAt = nodesByPlace(alone);
  return ({ rootValue, contextValue, variables }) => {
    const values = own.valuesOf(variables);
    if (!values) return undefined;
    const result = compiled.query(rootValue, contextValue, values) as MaybePromise<ExecutionResult>;
    return andThen(result, ({ data = null, errors }) =>
      errors === undefined ? { data } : { errors: errors.map((error) => asGraphQLError(error, nodeAt)), data },
    );
  };
}

/** As graphql-js makes them: whoever reads an error need not know who has executed. */
function asGraphQLError({ message, path, locations, originalError }: GraphQLError, nodeAt: NodeAt): GraphQLError {
  const nodes = locations?.flatMap((place) => nodeAt(place) ?? []);
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    path: path ?? null,
    // A null where none may be, and what a scalar refuses to show, are errors that graphql-js throws and catches.
    originalError: originalError ?? new Error(message),
  });
}

interface Place {
  readonly line: number;
  readonly column: number;
}

type NodeAt = (place: Place) => ASTNode | undefined;

/** Finds a field by where it begins. The map is made when the first error wants it. */
function nodesByPlace(document: DocumentNode): NodeAt {
  const nodes = new Map<string, ASTNode>();
  const keyOf = ({ line, column }: Place): string => `${line}:${column}`;
  return (place) => {
    if (nodes.size === 0) {
      visit(document, {
        [Kind.FIELD](node: ASTNode) {
          if (node.loc) nodes.set(keyOf(node.loc.startToken), node);
        },
      });
    }
    return nodes.get(keyOf(place));
  };
}
