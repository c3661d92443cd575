/** The clients people use, each asked the same way and telling what its user would see. */
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { print } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import type { Tree } from '../support/tree.ts';
import { question } from './questions.ts';
import { environmentOver } from './relay/app/environment.ts';
import { askRelay, compiled } from './relay/compiled.ts';
import { urqlOver } from './urql-client.ts';

export interface Told {
  readonly data: Tree | undefined;
  /** Of each error its code and where it happened; undefined where a client keeps errors of a field to itself. */
  readonly errors: readonly { readonly code: unknown; readonly path: unknown }[] | undefined;
}

export type AskClient = (name: string, variables: Record<string, Tree>) => Promise<Told>;

interface RawError {
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

const told = (data: unknown, errors: readonly RawError[] = []): Told => ({
  data: (data ?? undefined) as Tree | undefined,
  errors: errors.map(({ extensions, path }) => ({ code: extensions?.code, path })),
});

/**
 * Each with the settings under which it hands on data that came with errors.
 *
 * @param folder where Relay's compiler has been
 */
export const CLIENTS: Readonly<Record<string, (endpoint: string, folder: () => string) => AskClient>> = {
  'Apollo Client': (endpoint) => {
    const client = new ApolloClient({ link: new HttpLink({ uri: endpoint }), cache: new InMemoryCache() });
    return async (name, variables) => {
      const query = question('complaints', name);
      const { data, error } = await client.query({ query, variables, errorPolicy: 'all', fetchPolicy: 'network-only' });
      if (error === undefined || CombinedGraphQLErrors.is(error)) return told(data, error?.errors);
      throw new Error('there was no answer', { cause: error });
    };
  },
  urql: (endpoint) => {
    // Its cache must know the schema to tell that a row may be null; it would hand on nothing otherwise.
    const { client } = urqlOver(endpoint, 'page');
    return async (name, variables) => {
      const asked = client.query<Tree>(question('complaints', name), variables, { requestPolicy: 'network-only' });
      const { data, error } = await asked;
      if (error?.networkError) throw error;
      return told(data, error?.graphQLErrors);
    };
  },
  Relay: (endpoint, folder) => {
    const environment = environmentOver(endpoint);
    return async (name, variables) => {
      const data = await askRelay(environment, await compiled(folder(), name), variables);
      return { data, errors: undefined };
    };
  },
  'graphql-request': (endpoint) => {
    const client = new GraphQLClient(endpoint, { errorPolicy: 'all' });
    return async (name, variables) => {
      const { data, errors } = await client.rawRequest<Tree>(print(question('complaints', name)), variables);
      return told(data, errors);
    };
  },
};
