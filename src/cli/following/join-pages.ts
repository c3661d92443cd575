import type { Answer, AnswerError, Upstream } from '../asking/answer.ts';
import type { Field } from '../rows/fields.ts';
import { isRecord, type JsonRecord } from '../rows/json-record.ts';

/** What is selected of the connection, and where it stands in each answer. */
export interface JoinedConnection {
  readonly path: readonly string[];
  readonly fields: readonly Field[];
  /** The fields of each `pageInfo` among them, by its key. */
  readonly pageInfos: ReadonlyMap<string, readonly Field[]>;
}

export function connectionAt(data: unknown, path: readonly string[]): JsonRecord | undefined {
  const found = path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), data);
  return isRecord(found) ? found : undefined;
}

/** One answer out of all so far and the page that follows: the rows behind each other, what it cost added up. */
export function joinPages(all: Answer, page: Answer, connection: JoinedConnection): Answer {
  const { path } = connection;
  const before = connectionAt(all.data, path);
  const next = connectionAt(page.data, path);
  const errors = [...(all.errors ?? []), ...(page.errors ?? []).map((error) => moved(error, path, before))];
  const bills = [all.extensions?.upstream, page.extensions?.upstream].filter((bill) => bill !== undefined);
  const upstream = bills.length === 2 ? bills.reduce(sumOfBills) : bills[0];
  return {
    ...all,
    ...(before && next && all.data && { data: replaceAt(all.data, path, joined(before, next, connection)) }),
    ...(errors.length > 0 && { errors }),
    ...(upstream && { extensions: { ...page.extensions, upstream } }),
  };
}

function joined(before: JsonRecord, next: JsonRecord, { fields, pageInfos }: JoinedConnection): JsonRecord {
  const together = fields.map(({ key }): [string, unknown] => {
    const [old, fresh] = [before[key], next[key]];
    if (Array.isArray(old) && Array.isArray(fresh)) return [key, [...(old as unknown[]), ...(fresh as unknown[])]];
    const pageInfo = pageInfos.get(key);
    if (pageInfo && isRecord(old) && isRecord(fresh)) return [key, { ...fresh, ...beginning(old, pageInfo) }];
    // How many there are in all was counted for the first page.
    return [key, old];
  });
  return { ...before, ...Object.fromEntries(together) };
}

/** Where the first page began is where all of them together begin. */
function beginning(pageInfo: JsonRecord, fields: readonly Field[]): JsonRecord {
  const kept = fields.filter(({ name, key }) => ['startCursor', 'hasPreviousPage'].includes(name) && key in pageInfo);
  return Object.fromEntries(kept.map(({ key }) => [key, pageInfo[key]]));
}

/** The same data with something else in one place of it. */
export function replaceAt(data: JsonRecord, [key, ...rest]: readonly string[], value: JsonRecord): JsonRecord {
  if (key === undefined) return value;
  const below = data[key];
  return { ...data, [key]: isRecord(below) ? replaceAt(below, rest, value) : value };
}

/** An error of a page, at the place that its row has among all rows. */
function moved(error: AnswerError, path: readonly string[], before: JsonRecord | undefined): AnswerError {
  const { path: at } = error;
  if (!at || !before || path.some((key, place) => at[place] !== key)) return error;
  const [list, row] = at.slice(path.length);
  const rows = list === undefined ? undefined : before[list];
  if (typeof row !== 'number' || !Array.isArray(rows)) return error;
  return { ...error, path: [...at.slice(0, path.length + 1), row + rows.length, ...at.slice(path.length + 2)] };
}

function sumOfBills(one: Upstream, other: Upstream): Upstream {
  const codes = new Set(one.notes.map(({ code }) => code));
  const ages = [one.snapshotAsOf, other.snapshotAsOf].filter((asOf) => asOf !== null);
  return {
    ...other,
    calls: { rest: one.calls.rest + other.calls.rest, discovery: one.calls.discovery + other.calls.discovery },
    // One page after the other: what each waited adds up.
    waitedMs: one.waitedMs + other.waitedMs,
    plan: sumOfPlans([...one.plan, ...other.plan]),
    snapshotAsOf: ages.sort()[0] ?? null,
    notes: [...one.notes, ...other.notes.filter(({ code }) => !codes.has(code))],
  };
}

const ADDED_UP = ['keys', 'calls', 'batches'];

/** A step for each way in which things were found, as in the bill of one answer. */
function sumOfPlans(steps: Upstream['plan']): Upstream['plan'] {
  const sums = new Map<string, Upstream['plan'][number]>();
  for (const step of steps) {
    const name = JSON.stringify([step.what, step.how, step.source]);
    const known: JsonRecord = sums.get(name) ?? {};
    const added = ADDED_UP.map((key) => [key, numberIn(known, key) + numberIn(step, key)]);
    sums.set(name, { ...step, ...(Object.fromEntries(added) as JsonRecord) });
  }
  return [...sums.values()];
}

function numberIn(record: JsonRecord, key: string): number {
  const value = record[key];
  return typeof value === 'number' ? value : 0;
}
