import { DISCOVERY_LISTS, type DiscoveryListName, type DiscoveryRows } from '../mode/discovery-client.ts';
import type { CollectionRecord, DataSourceRecord, MemberRecord, WorkspaceRecord } from '../mode/records.ts';

/**
 * What REST tells in a few calls and Discovery not at all: the workspace itself, its data sources,
 * people's names, and the collections with the personal ones among them. Kept beside Discovery's
 * lists, so that a warm answer costs no call.
 */
export interface ReferenceRows {
  workspace: WorkspaceRecord;
  allCollections: CollectionRecord;
  dataSources: DataSourceRecord;
  people: MemberRecord;
}

export type ReferenceName = keyof ReferenceRows;
export type CatalogRows = DiscoveryRows & ReferenceRows;
export type CatalogListName = keyof CatalogRows;

export const REFERENCES: readonly ReferenceName[] = ['workspace', 'allCollections', 'dataSources', 'people'];

/** In the order in which they are warmed: what is cheap and asked for most comes first. */
export const CATALOG_LISTS: readonly CatalogListName[] = [...REFERENCES, ...DISCOVERY_LISTS];

export function isReference(name: CatalogListName): name is ReferenceName {
  return (REFERENCES as readonly string[]).includes(name);
}

export type { DiscoveryListName };
