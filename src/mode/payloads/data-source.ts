import * as z from 'zod';
import type { DataSourceRecord, Provenance } from '../records.ts';
import { lastSegment, links } from './links.ts';
import { maybeFlag, maybeId, maybeText, maybeTime, token } from './scalars.ts';

/** A database connection. What could help to reach the database itself is never read from the payload. */
export const dataSourcePayload = z.object({
  token,
  id: maybeId,
  name: maybeText,
  description: maybeText,
  adapter: maybeText,
  display_name: maybeText,
  vendor: maybeText,
  database: maybeText,
  public: maybeFlag,
  queryable: maybeFlag,
  asleep: maybeFlag,
  soft_deleted: maybeFlag,
  default_access_level: maybeText,
  created_at: maybeTime,
  updated_at: maybeTime,
  _links: links,
});

export function toDataSource(row: z.output<typeof dataSourcePayload>, provenance: Provenance): DataSourceRecord {
  return {
    kind: 'DataSource',
    token: row.token,
    modeId: row.id,
    name: row.name,
    description: row.description,
    adapter: row.adapter,
    displayName: row.display_name,
    vendor: row.vendor,
    database: row.database,
    public: row.public,
    queryable: row.queryable,
    asleep: row.asleep,
    softDeleted: row.soft_deleted,
    defaultAccessLevel: row.default_access_level,
    creatorUsername: lastSegment(row._links, 'creator'),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    provenance,
  };
}
