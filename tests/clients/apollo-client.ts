import { readFileSync } from 'node:fs';
import { ApolloClient, HttpLink, InMemoryCache, type TypePolicies } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { buildSchema, isInterfaceType } from 'graphql';
import { SCHEMA } from './client-project.ts';
import { EVERY_LIST } from './every-list.ts';

/** Apollo Client as somebody would set it up who wants all lists to grow page by page. */
export function apolloOver(endpoint: string): ApolloClient {
  const typePolicies: TypePolicies = {};
  for (const { parent, field } of EVERY_LIST) {
    const fields = typePolicies[parent]?.fields ?? {};
    typePolicies[parent] = { fields: { ...fields, [field]: relayStylePagination(['filter', 'orderBy']) } };
  }
  return new ApolloClient({
    link: new HttpLink({ uri: endpoint }),
    cache: new InMemoryCache({ typePolicies, possibleTypes: { Node: typesOfNode() } }),
  });
}

function typesOfNode(): string[] {
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('there is no Node');
  return schema.getPossibleTypes(node).map(({ name }) => name);
}
