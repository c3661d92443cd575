import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { readPageSize, type PageLimits } from '../connection/page-arguments.ts';
import { decodeGlobalId } from '../global-id.ts';
import type { Question } from './question.ts';
import type { SelectedField } from './selected-fields.ts';

/** Objects that a field asks for, of one type. */
export interface Rows {
  readonly type: GraphQLObjectType;
  /** For each parent, at the most. */
  readonly count: number;
}

/** The connection a selection stands in, by the size of its page. */
export interface Page {
  readonly size: number;
  /** Its resolver will refuse the arguments, before anything is read. */
  readonly refused?: boolean;
}

/** Rows that a list without pages is taken to have, such as the datasets of a report. */
const UNPAGED = 5;

/** Whether objects of the type have global ids: they are things of Mode's, and what remains is packing. */
export function isThing(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === 'Node');
}

/**
 * The objects that a field yields for each parent, were every page full. None for arguments that its resolver refuses.
 *
 * @param page of the connection, when the field is one of a connection's
 */
export function rowsOf(question: Question, field: SelectedField, limits: PageLimits, page: Page | undefined): Rows[] {
  const type = getNamedType(field.definition.type);
  const { id, ids, tokens } = field.arguments;
  if (isInterfaceType(type)) return named(question, Array.isArray(ids) ? ids : [id], limits);
  if (!isObjectType(type)) return [];
  if (Array.isArray(tokens)) return [{ type, count: tokens.length > limits.maxPageSize ? 0 : tokens.length }];
  const { name, type: declared } = field.definition;
  if (page && (name === 'nodes' || name === 'edges')) return [{ type, count: page.size }];
  return [{ type, count: isListType(getNullableType(declared)) ? UNPAGED : 1 }];
}

/** The page a field opens; undefined when it is no connection. */
export function pageOf(field: SelectedField, limits: PageLimits): Page | undefined {
  if (!field.definition.args.some(({ name }) => name === 'first')) return undefined;
  try {
    return readPageSize(field.arguments, limits);
  } catch {
    return { size: 0, refused: true };
  }
}

function named({ schema }: Question, ids: readonly unknown[], limits: PageLimits): Rows[] {
  if (ids.length > limits.maxPageSize) return [];
  const counts = new Map<string, number>();
  for (const id of ids) {
    const type = typeOfId(id);
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].flatMap(([name, count]) => {
    const type = schema.getType(name);
    return isObjectType(type) && isThing(type) ? { type, count } : [];
  });
}

function typeOfId(id: unknown): string | undefined {
  try {
    return decodeGlobalId(String(id), 'id').type;
  } catch {
    return undefined;
  }
}
