import { Environment, Network, RecordSource, Store, type GraphQLResponse } from 'relay-runtime';

/** Relay’s own records do for all of Mode: ids are global, and every object knows how to be read again (`node`). */
export const environment = new Environment({
  network: Network.create(async ({ text, name }, variables) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  }),
  store: new Store(new RecordSource()),
});
