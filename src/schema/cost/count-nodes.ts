import type { GraphQLObjectType, SelectionSetNode } from 'graphql';
import type { PageLimits } from '../connection/page-arguments.ts';
import type { Question } from './question.ts';
import { isThing, pageOf, rowsOf, type Page } from './rows-of.ts';
import { selectedFields, setsBelow } from './selected-fields.ts';

/**
 * How many things (objects with a global id) the answer would hold, were every page full. Pure: it looks at the
 * question alone, not at what there is.
 */
export function countNodes(question: Question, limits: PageLimits): number {
  const root = question.schema.getRootType(question.operation.operation);
  return root ? countBelow(root, [question.operation.selectionSet], undefined) : 0;

  function countBelow(type: GraphQLObjectType, sets: readonly SelectionSetNode[], page: Page | undefined): number {
    let sum = 0;
    for (const field of selectedFields(question, type, sets)) {
      const opened = pageOf(field, limits);
      for (const { type: below, count } of rowsOf(question, field, limits, page)) {
        // Nothing times a great many is nothing, and need not be counted.
        if (count === 0) continue;
        // An edge is a row's packing: what is asked of its node is not a page of its own.
        sum += count * ((isThing(below) ? 1 : 0) + countBelow(below, setsBelow(field), opened));
      }
    }
    return sum;
  }
}
