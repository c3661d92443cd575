import { readFileSync } from 'node:fs';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange, type CacheExchangeOpts, type KeyingConfig } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { SCHEMA } from './client-project.ts';
import { EVERY_LIST } from './every-list.ts';

export interface UrqlClient {
  readonly client: Client;
  /** What Graphcache wrote, as it hands it to its storage: what fields hold, and to which objects they lead. */
  readonly written: Map<string, string>;
  /** What Graphcache found wrong. */
  readonly complaints: string[];
}

/** These are part of the object they stand in. */
const keys: KeyingConfig = {
  Catalog: () => null,
  CatalogCounts: () => null,
  CatalogList: () => null,
  ImportedDataset: () => null,
  Provenance: () => null,
  RateLimit: () => null,
  ReportStats: () => null,
};

/** urql with its normalised cache, which knows the schema. Lists grow page by page, or hold the page asked for. */
export function urqlOver(endpoint: string, lists: 'grow' | 'page' = 'grow'): UrqlClient {
  const complaints: string[] = [];
  const written = new Map<string, string>();
  const resolvers: NonNullable<CacheExchangeOpts['resolvers']> = {};
  for (const { parent, field } of lists === 'grow' ? EVERY_LIST : []) {
    resolvers[parent] = { ...resolvers[parent], [field]: relayPagination() };
  }
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  const cache = cacheExchange({
    // Graphcache wants less of the introspection than there is, but says so in stricter types.
    schema: introspectionFromSchema(schema, { descriptions: false }) as unknown as NonNullable<
      CacheExchangeOpts['schema']
    >,
    keys,
    resolvers,
    logger: (_, message) => complaints.push(message),
    storage: {
      readData: () => Promise.resolve({}),
      writeData: (delta) => {
        for (const [key, value] of Object.entries(delta)) {
          if (value === undefined) written.delete(key);
          else written.set(key, value);
        }
        return Promise.resolve();
      },
    },
  });
  const client = new Client({ url: endpoint, preferGetMethod: false, exchanges: [cache, fetchExchange] });
  return { client, written, complaints };
}
