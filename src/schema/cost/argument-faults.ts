import {
  getNamedType,
  getNullableType,
  isListType,
  type FieldNode,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import { nameOf } from '../../loading/things.ts';
import { CodedError } from '../../throttle/coded-error.ts';
import type { PageLimits } from '../connection/page-arguments.ts';
import { limitList } from '../limit-list.ts';
import { prepareNode } from '../node.ts';
import { readToken } from '../token.ts';
import { listOfRows } from './list-kinds.ts';
import { namedThings } from './named-things.ts';
import type { Question } from './question.ts';
import { pageOf, rowsOf } from './rows-of.ts';
import { responseName, selectedFields, setsBelow, type SelectedField } from './selected-fields.ts';

type Path = readonly (string | number)[];

/** Arguments that hold a token. */
const TOKENS = ['reportToken', 'queryToken', 'token'];

/** An argument that its field will refuse, and where. */
export interface ArgumentFault {
  readonly error: CodedError;
  readonly nodes: readonly FieldNode[];
  /** In lists of which the length is not known yet, that of the first. */
  readonly path: Path;
}

/**
 * The arguments of a question that its resolvers would refuse before they ask for anything. By the same checks, but
 * for cursors of lists of which it is not known whose they are.
 */
export function argumentFaults(question: Question, workspace: string, limits: PageLimits): ArgumentFault[] {
  const faults: ArgumentFault[] = [];
  const root = question.schema.getRootType(question.operation.operation);
  if (root) visit(root, [question.operation.selectionSet], [], undefined);
  return faults;

  /** @param owner name of the thing whose fields these are, where there is one */
  function visit(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    above: Path,
    owner: string | undefined,
  ): void {
    for (const field of selectedFields(question, type, sets)) {
      const path = [...above, responseName(field)];
      // What is refused has nothing below it.
      if (type.name === 'Query' ? checkNames(field, path) : checkList(type, field, path, owner)) continue;
      const isList = isListType(getNullableType(field.definition.type));
      for (const below of rowsOf(question, field, limits, pageOf(field, limits))) {
        visit(below.type, setsBelow(field), isList ? [...path, 0] : path, ownerOf(type, field, below.type.name));
      }
    }
  }

  function checkList(type: GraphQLObjectType, field: SelectedField, path: Path, owner: string | undefined): boolean {
    const list = listOfRows(getNamedType(field.definition.type).name);
    if (!list || !pageOf(field, limits)) return false;
    const { after, before, ...others } = field.arguments;
    const args = owner === undefined ? others : { ...others, after, before };
    const name = `${type.name}.${field.definition.name}:${owner}`;
    return isRefused(field, path, () => list.kind.check({ list: name, args, context: { limits } }));
  }

  /** What the fields of the root are told to look up. */
  function checkNames(field: SelectedField, path: Path): boolean {
    const { tokens, ids, id } = field.arguments;
    const many = Array.isArray(tokens) ? 'tokens' : 'ids';
    const names: readonly unknown[] = Array.isArray(tokens) ? tokens : Array.isArray(ids) ? ids : [];
    if (isRefused(field, path, () => limitList(names, many, limits.maxPageSize))) return true;
    const check = many === 'tokens' ? readToken : prepareNode;
    // One that is none fails alone, in its place.
    names.forEach((name, place) => isRefused(field, [...path, place], () => check(String(name), many)));
    if (typeof id === 'string' && isRefused(field, path, () => prepareNode(id, 'id'))) return true;
    return TOKENS.some((name) => {
      const token = field.arguments[name];
      return typeof token === 'string' && isRefused(field, path, () => readToken(token, name));
    });
  }

  function isRefused({ nodes }: SelectedField, path: Path, check: () => unknown): boolean {
    try {
      check();
      return false;
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      faults.push({ error, nodes, path });
      return true;
    }
  }

  /** What a single thing that the root leads to is called; undefined for things below others, and for several. */
  function ownerOf(type: GraphQLObjectType, field: SelectedField, below: string): string | undefined {
    if (type.name !== 'Query') return undefined;
    if (below === 'Workspace') return workspace;
    const [thing, ...more] = namedThings(below, field, { hint: () => undefined }) ?? [];
    return thing && more.length === 0 ? nameOf(thing) : undefined;
  }
}
