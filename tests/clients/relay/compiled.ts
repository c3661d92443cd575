import { join } from 'node:path';
import {
  createOperationDescriptor,
  fetchQuery,
  getRequest,
  type Environment,
  type GraphQLTaggedNode,
} from 'relay-runtime';
import type { Tree } from '../../support/tree.ts';

/** What Relay's compiler made of a question, in the folder where it did. */
export async function compiled(folder: string, name: string): Promise<GraphQLTaggedNode> {
  const module = (await import(join(folder, `__generated__/${name}.graphql.ts`))) as { default: GraphQLTaggedNode };
  return module.default;
}

/** Asks the gateway, whatever is held, and has Relay keep what comes. */
export async function askRelay(
  environment: Environment,
  question: GraphQLTaggedNode,
  variables: Record<string, Tree>,
): Promise<Tree> {
  environment.retain(createOperationDescriptor(getRequest(question), variables));
  return (await fetchQuery(environment, question, variables, { fetchPolicy: 'network-only' }).toPromise()) as Tree;
}
