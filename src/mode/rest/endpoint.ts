import type * as z from 'zod';
import type { CallContext } from '../call-context.ts';
import type { Http } from '../http.ts';
import { check } from '../payloads/check.ts';
import { embedded } from '../payloads/list.ts';
import type { Page } from '../paging.ts';
import type { Provenance } from '../records.ts';

/** Where the REST calls of one workspace go. */
export interface RestScope {
  readonly http: Http;
  readonly workspace: string;
}

interface Endpoint {
  /** As documented, with placeholders: what errors call it. */
  readonly endpoint: string;
  /** Below `/api/{workspace}`, values already encoded by `path`. */
  readonly path: string;
  readonly search?: Readonly<Record<string, string>>;
  /** Answers that mean the thing is hidden or deleted. @default none */
  readonly missing?: readonly number[];
}

/**
 * Mode answers 404 for what a credential may not see or what is gone, and 403 for what has just been
 * deleted. For one thing named by its token all three are "not there".
 */
export const NOT_THERE = [403, 404, 410];

/** Whether a row is of something deleted, which may still answer, marked as such. */
export function isDeleted(row: { readonly state: string | null }): boolean {
  return row.state === 'soft_deleted';
}

/** Builds a path and encodes every value in it, so that no value can climb out of its segment. */
export function path(strings: TemplateStringsArray, ...values: string[]): string {
  // No encoding helps against these: a URL drops them whichever way they are written.
  if (values.some((value) => /^\.{0,2}$/.test(value))) throw new TypeError('a path has an empty or dotted segment');
  return String.raw({ raw: strings }, ...values.map((value) => encodeURIComponent(value)));
}

interface Read<T> {
  readonly payload: T;
  readonly provenance: Provenance;
}

/** GET one thing, checked. Undefined when it is missing. */
export async function readOne<T extends z.ZodType>(
  scope: RestScope,
  endpoint: Endpoint,
  schema: T,
  context: CallContext,
): Promise<Read<z.output<T>> | undefined> {
  const subject = { api: 'REST', endpoint: endpoint.endpoint } as const;
  const answer = await scope.http.request(
    {
      subject,
      path: path`/api/${scope.workspace}` + endpoint.path,
      ...(endpoint.search && { search: endpoint.search }),
      ...(endpoint.missing && { missing: endpoint.missing }),
    },
    context,
  );
  if (!answer) return undefined;
  return { payload: check(schema, answer.body, subject), provenance: { source: 'REST', asOf: answer.asOf } };
}

/** GET one page of a list, its rows checked and turned into records. Undefined when its parent is missing. */
export async function readPage<T extends z.ZodType, Row>(
  scope: RestScope,
  endpoint: Endpoint & { readonly key: string },
  row: T,
  toRecord: (row: z.output<T>, provenance: Provenance) => Row,
  context: CallContext,
): Promise<Page<Row> | undefined> {
  const read = await readOne(scope, endpoint, embedded(endpoint.key, row), context);
  return (
    read && {
      rows: read.payload.rows.map((each) => toRecord(each, read.provenance)),
      totalPages: read.payload.totalPages,
    }
  );
}
