import type { GraphQLResolveInfo } from 'graphql';
import type { MaybePromise } from '../loading/maybe-promise.ts';
import type { Wanted } from '../loading/wanted.ts';
import type { GatewayContext } from './context.ts';
import { factsOfNode } from './facts-wanted.ts';
import { decodeGlobalId, notAnId } from './global-id.ts';
import type { WorkspaceShape } from './refs.ts';
import { isToken } from './token.ts';

/** How to read the object of a type whose id has just so many parts, the workspace's left out. */
interface NodeReader {
  readonly parts: number;
  read(
    parts: readonly string[],
    context: GatewayContext,
    wanted: Wanted,
  ): MaybePromise<{ readonly kind: string } | null>;
}

const READERS: Readonly<Record<string, NodeReader>> = {
  Workspace: {
    parts: 0,
    read: (_, { operation }) =>
      Promise.resolve({ kind: 'Workspace', username: operation.workspace } satisfies WorkspaceShape),
  },
  Collection: { parts: 1, read: ([token = ''], { operation }, wanted) => operation.load.collection({ token }, wanted) },
  Report: { parts: 1, read: ([token = ''], { operation }, wanted) => operation.load.report(token, wanted) },
  ReportQuery: {
    parts: 2,
    read: ([report = '', query = ''], { operation }, wanted) => operation.load.query({ report, query }, wanted),
  },
  Chart: {
    parts: 3,
    read: ([report = '', query = '', chart = ''], { operation }, wanted) =>
      operation.load.chart({ report, query, chart }, wanted),
  },
  ReportRun: { parts: 2, read: ([report = '', run = ''], { operation }) => operation.load.run({ report, run }) },
  DataSource: {
    parts: 1,
    read: async ([token], { operation }) =>
      (await operation.load.dataSources()).find((row) => row.token === token) ?? null,
  },
  Member: {
    parts: 1,
    read: async ([username = ''], { operation }, wanted) =>
      (await operation.load.members(wanted)).byUsername.get(username) ?? null,
  },
};

/** Usernames are not tokens; they are never put into a path. */
const NAMED: ReadonlySet<string> = new Set(['Member']);

/**
 * Checks an id and returns how to read its object. Throws before any call for an id that no field of
 * this schema gives out; an object of another workspace is simply not there.
 */
export function prepareNode(
  id: string,
  argument: string,
): (context: GatewayContext, info: GraphQLResolveInfo) => MaybePromise<{ readonly kind: string } | null> {
  const { type, parts } = decodeGlobalId(id, argument);
  const [workspace, ...rest] = parts;
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (reader?.parts !== rest.length || !(NAMED.has(type) || rest.every(isToken))) throw notAnId(argument);
  return (context, info) =>
    workspace === context.operation.workspace
      ? reader.read(rest, context, { clauses: factsOfNode(info, type), pageSize: 0 })
      : Promise.resolve(null);
}
