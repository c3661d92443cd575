import type { Plugin } from 'graphql-yoga';

/** As graphql-js and its executor write suggestions, wherever in a message. */
const SUGGESTION = / Did you mean (?:[a-z ]+ )?"[^"]*"(?:(?:, or |, | or )"[^"]*")*\?/g;

/**
 * Takes “Did you mean …?” out of errors: guess by guess, suggestions give away a schema that may not be introspected.
 * graphql-js can be told to make none, but not everywhere: enum values in variables get theirs all the same. So they
 * are taken out of what is answered, where nothing gets past.
 */
export function useNoSuggestions(): Plugin {
  return {
    onExecutionResult({ result }) {
      if (!result || Array.isArray(result) || Symbol.asyncIterator in result) return;
      // In place: Yoga keeps what validation found, and once it is taken out there is nothing left to take.
      for (const error of result.errors ?? []) error.message = error.message.replace(SUGGESTION, '');
    },
  };
}
