import type { DocumentNode, ParseOptions, Source } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { excess, type SizeLimits } from '../bounds/check-size.ts';
import { measureDocument } from '../bounds/measure-document.ts';
import { checkVariables } from '../bounds/measure-variables.ts';
import { scanDocument } from '../bounds/scan-document.ts';
import { coded } from '../mask-error.ts';

export interface DocumentLimits extends SizeLimits {
  readonly tokens: number;
  /** Values in the variables. */
  readonly variables: number;
}

/**
 * Refuses what is too long, too deep or too wide, before it is parsed or validated: both take longer the larger
 * a document is. What depends on the values of variables is not for here: Yoga remembers by its text whether a
 * document is valid.
 *
 * Not graphql-armor's plugins: their errors bear no code and call a bound a syntax error, and what stands on the
 * second spread of a fragment counts nothing for them.
 */
export function useDocumentBounds(limits: DocumentLimits): Plugin {
  return {
    onParams({ params }) {
      // One of a batch may be anything; Yoga says so of what is no question.
      const { variables, extensions } = isObject(params) ? params : {};
      checkVariables(variables, limits.variables);
      checkVariables(extensions, limits.variables);
    },
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | Source, options?: ParseOptions) => {
        scanDocument(source, limits.tokens);
        return parseFn(source, options) as DocumentNode;
      });
    },
    onValidate({ params, setResult }) {
      const error = excess(measureDocument(params.documentAST as DocumentNode), limits);
      if (error) setResult([coded(error)]);
    },
  };
}

function isObject(params: unknown): params is GraphQLParams {
  return typeof params === 'object' && params !== null;
}
