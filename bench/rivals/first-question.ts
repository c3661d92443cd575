/** What the rivals are asked: twenty collections with fifty reports of each, their queries and charts. */
import type { CollectionRecord, ReportRecord } from '../../src/mode/records.ts';

export interface FirstQuestion {
  readonly collections: number;
  readonly reportsEach: number;
  /** Which collections the answer it is compared with may show. */
  isShown(collection: CollectionRecord): boolean;
}

export interface FirstAnswer {
  readonly collections: number;
  readonly reports: number;
  readonly queries: number;
  readonly charts: number;
}

const BY_NAME = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function collectionsOf(
  all: readonly CollectionRecord[],
  { collections, isShown }: FirstQuestion,
): CollectionRecord[] {
  return all
    .filter((row) => isShown(row))
    .sort((a, b) => BY_NAME.compare(a.name ?? '', b.name ?? ''))
    .slice(0, collections);
}

export function reportsOf(found: readonly ReportRecord[], { reportsEach }: FirstQuestion): ReportRecord[] {
  return [...found].sort((a, b) => Date.parse(b.createdAt ?? '') - Date.parse(a.createdAt ?? '')).slice(0, reportsEach);
}
