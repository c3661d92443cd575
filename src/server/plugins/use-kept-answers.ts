import { getOperationAST, type DocumentNode, type ExecutionResult } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { readMaxAge } from '../../loading/freshness.ts';
import type { GatewayContext } from '../../schema/context.ts';
import { premisesOf } from '../callers/caller-of.ts';
import { GivenAgain, WrittenAnswer } from '../kept-answers/written-answer.ts';
import { jsonTypeFor } from '../kept-answers/json-type.ts';
import { isYoungEnough, KeptAnswers, type KeptAnswer } from '../kept-answers/kept-answers.ts';
import { rateLimitNow } from '../upstream-extension.ts';

export interface KeptAnswersOptions {
  /** Memory for all of them; 0: none is kept. */
  readonly mostBytes: number;
  /** Whether the request wants more than the answer, such as an explanation: that is not kept. */
  isSpecial(request: Request): boolean;
}

/**
 * Gives an answer again that was made of nothing but lists which the catalog still holds. It comes after whatever
 * refuses a question for its caller, its size or its text not being on the list; what else is refused, was never kept.
 */
export function useKeptAnswers({ mostBytes, isSpecial }: KeptAnswersOptions): Plugin<GatewayContext> {
  const answers = new KeptAnswers(mostBytes);
  return {
    onParams({ request, params, setResult }) {
      const { catalog, clock, throttles } = premisesOf(request);
      const { edition } = catalog;
      // One of a batch may be anything; Yoga says so of what is no question.
      if (edition === undefined || !isQuestion(params) || isSpecial(request)) return;
      const kept = answers.find(edition, nameOf(params));
      if (!kept) return;
      const now = clock.now();
      if (!isYoungEnough(kept, readMaxAge(request.headers.get('cache-control')), now)) return;
      for (const name of kept.lists.keys()) catalog.refreshIfStale(name);
      setResult(new GivenAgain(kept, rateLimitNow(throttles.rest, now)));
    },
    onResultProcess({ request, result, resultProcessor, setResultProcessor }) {
      if (!(result instanceof WrittenAnswer) || !resultProcessor) return;
      const type = jsonTypeFor(request.headers.get('accept'));
      if (type === undefined) return;
      const headers = { 'Content-Type': `${type}; charset=utf-8` };
      setResultProcessor((_, fetchAPI) => new fetchAPI.Response(result.bytes(), { headers }), type);
    },
    onExecute({ args }) {
      const { request, params, operation, tellsOfThePresent } = args.contextValue;
      const { edition } = premisesOf(request).catalog;
      if (edition === undefined || isSpecial(request)) return;
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return;
          const { data, errors = [], extensions }: ExecutionResult = result;
          const lists = operation.heldLists();
          const bill = operation.bill();
          // A note tells of something that could not be had just now.
          if (!data || errors.length > 0 || extensions || bill.notes.length > 0) return;
          if (!lists || tellsOfThePresent()) return;
          // A list that came in the meantime was not the one that was used, or the only one.
          const { catalog, clock, throttles } = premisesOf(request);
          if (catalog.edition !== edition) return;
          const name = getOperationAST(args.document as DocumentNode, params.operationName)?.name?.value;
          const answer: KeptAnswer = {
            data: Buffer.from(JSON.stringify(data), 'utf8'),
            name,
            bill,
            billText: JSON.stringify(bill),
            lists,
          };
          answers.keep(edition, nameOf(params), answer);
          setResult(new WrittenAnswer(answer, rateLimitNow(throttles.rest, clock.now())));
        },
      };
    },
  };
}

function isQuestion(params: unknown): params is GraphQLParams {
  return typeof params === 'object' && params !== null && 'query' in params && typeof params.query === 'string';
}

/** The same for questions to which the same lists give the same answer. */
function nameOf({ query, operationName, variables }: GraphQLParams): string {
  // No JSON begins like that: the text alone, which is nearly all of it, need not be written once more.
  if (operationName === undefined && variables === undefined) return `=${query ?? ''}`;
  return JSON.stringify([query, operationName, variables]);
}
