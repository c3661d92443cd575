import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { hintsFor } from '../hints.ts';

/** Adds to what validation finds how it is done here. Not where names are nobody's business: see useNoSuggestions. */
export function useHints(schema: GraphQLSchema): Plugin {
  const hintFor = hintsFor(schema);
  return {
    onValidate() {
      return ({ result, setResult }) => {
        const errors = result as readonly GraphQLError[];
        if (!errors.some(({ message }) => hintFor(message) !== undefined)) return;
        setResult(errors.map((error) => withHint(error, hintFor(error.message))));
      };
    },
  };
}

/** A new error: Yoga may keep the old one, and a hint would be added to it each time. */
function withHint(error: GraphQLError, hint: string | undefined): GraphQLError {
  if (hint === undefined || error.message.endsWith(hint)) return error;
  const { nodes = null, source = null, positions = null, extensions } = error;
  return new GraphQLError(`${error.message} ${hint}`, { nodes, source, positions, extensions });
}
