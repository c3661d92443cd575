import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { print } from 'graphql';
import { readOperations, type Definition } from '../operations/read-operations.ts';
import type { FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';

/** Writes the operations of the other clients as somebody would who uses gql.tada: `documents.ts`. */
export async function writeDocuments(folder: string): Promise<readonly string[]> {
  const { fragments, operations } = readOperations();
  const lines = [...fragments, ...operations].map(declare);
  await writeFile(join(folder, 'documents.ts'), [`import { graphql } from './graphql';`, ...lines].join('\n\n'));
  return operations.map(({ name }) => name);
}

function declare({ name, node, spreads }: Definition<FragmentDefinitionNode | OperationDefinitionNode>): string {
  const fragments = spreads.length === 0 ? '' : `, [${spreads.join(', ')}]`;
  return `export const ${name} = graphql(\`${print(node)}\`${fragments});`;
}

/**
 * Writes `same.ts`, which the compiler accepts only when gql.tada and graphql-codegen have come to the same types of
 * every answer, to none that anything would fit, and when whatever variables the latter takes the former takes too. It
 * takes more: null where a variable has a default, which the gateway refuses.
 */
export async function writeComparison(folder: string, names: readonly string[]): Promise<void> {
  const checks = names.flatMap((name) => [
    `export const ${name}Answer: Same<ResultOf<typeof tada.${name}>, codegen.${name}Query> = true;`,
    `export const ${name}Variables: Fits<codegen.${name}QueryVariables, VariablesOf<typeof tada.${name}>> = true;`,
  ]);
  await writeFile(join(folder, 'same.ts'), [COMPARE, ...checks].join('\n'));
}

const COMPARE = `
import type { ResultOf, VariablesOf } from 'gql.tada';
import type * as tada from './documents';
import type * as codegen from './generated/graphql';

type Vague<T> = 0 extends 1 & T ? true : [T] extends [never] ? true : unknown extends T ? true : false;
export type Fits<A, B> = true extends Vague<A> | Vague<B> ? 'anything fits' : [A] extends [B] ? true : 'does not fit';
export type Same<A, B> = Fits<A, B> extends true ? Fits<B, A> : Fits<A, B>;
`;

/** What `same.ts` would not accept, were it to find everything alike. */
export const DIFFERENT = `
import type { ResultOf } from 'gql.tada';
import type * as tada from './documents';
import type * as codegen from './generated/graphql';
import type { Same } from './same';

export const narrower: Same<ResultOf<typeof tada.ReportInFull>, codegen.ReportUsageQuery> = true;
`;
