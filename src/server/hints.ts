/** What graphql-js cannot know when it says that a document does not fit the schema: what its author was looking for. */
import { isObjectType, type GraphQLSchema } from 'graphql';

type Hint = readonly [pattern: RegExp, hint: (found: RegExpExecArray) => string];

/** Lists of the workspace, by the names of their fields. */
function listsOf(schema: GraphQLSchema): string[] {
  const workspace = schema.getType('Workspace');
  if (!isObjectType(workspace)) return [];
  return Object.values(workspace.getFields())
    .filter(({ type }) => String(type).replace('!', '').endsWith('Connection'))
    .map(({ name }) => name);
}

/** For a message of validation, what would help its reader; undefined when nothing is known that would. */
export function hintsFor(schema: GraphQLSchema): (message: string) => string | undefined {
  const lists = listsOf(schema).join('|');
  const hints: readonly Hint[] = [
    [
      /can never be of type "Query"/,
      () => 'The SQL query of a report is the type "ReportQuery"; "Query" is the root of every question.',
    ],
    [
      /^Cannot query field "\w+" on type "\w+Connection"/,
      () => 'This list is a connection: its rows are in "nodes", as in { nodes { id } }.',
    ],
    [
      new RegExp(`^Cannot query field "(${lists})" on type "Query"|^Field "(reports)" argument "tokens" .+ required`),
      ([, asked, reports]) =>
        `Lists stand on the workspace, as in { workspace { ${asked ?? reports ?? ''}(first: 10) { nodes { id } } } }.`,
    ],
    [
      /^Unknown argument "(id|name|url)" on field "Query\.\w+"/,
      () =>
        'An object is found by its token, the last part of its address in Mode, or by its global id with node(id:).',
    ],
  ];
  return (message) => {
    for (const [pattern, hint] of hints) {
      const found = pattern.exec(message);
      if (found) return hint(found);
    }
    return undefined;
  };
}
