import { Kind, parse, type OperationDefinitionNode } from 'graphql';

/**
 * Which operation of a document is meant. GraphiQL says which one was in the editor a moment ago: just after a change of
 * tabs, that is one of another document.
 *
 * @returns undefined for the only one, when it has no name; what was said when there is no telling
 */
export function namedOperation(query: string, said: string | undefined): string | undefined {
  const operations = operationsIn(query);
  const [only, ...others] = operations.map(({ name }) => name?.value);
  if (operations.length === 0 || others.length > 0) return said;
  return only;
}

function operationsIn(query: string): OperationDefinitionNode[] {
  try {
    return parse(query, { noLocation: true }).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  } catch {
    return [];
  }
}
