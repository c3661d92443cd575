import type { CatalogListName } from '../../catalog/catalog-lists.ts';
import { cleanLine } from '../clean-text.ts';
import { printTable } from '../print-table.ts';
import type { Screen } from '../screen.ts';
import { counted, grouped } from '../words.ts';

/** A list after the command: as it is kept, and why not, if it is not. */
export interface WarmedList {
  readonly name: CatalogListName;
  /** Rows kept. */
  readonly rows: number;
  /** When they were read, ISO 8601; null when none are kept. */
  readonly asOf: string | null;
  /** Calls made for it. */
  readonly calls: number;
  /**
   * `read`: now. `kept`: it was young enough. `old`: it could not be read or kept, and one of before is still there.
   * `missing`: there is none.
   */
  readonly state: 'read' | 'kept' | 'old' | 'missing';
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface WarmSummary {
  readonly workspace: string;
  readonly directory: string;
  /** Whether the workspace has Discovery. Without it nothing is kept. */
  readonly discovery: boolean;
  /** Whether all of it is there, and none of it old. */
  readonly complete: boolean;
  readonly calls: { readonly rest: number; readonly discovery: number };
  readonly seconds: number;
  readonly lists: readonly WarmedList[];
}

export function printSummary({ lists, calls, seconds, directory }: WarmSummary, screen: Screen): string {
  const table = printTable(
    [
      { title: 'list' },
      { title: 'rows', align: 'right' },
      { title: 'calls', align: 'right' },
      { title: 'read at' },
      { title: 'state' },
    ],
    lists.map((list) => [list.name, grouped(list.rows), grouped(list.calls), list.asOf ?? '', list.state]),
    screen,
  );
  const rows = lists.reduce((sum, list) => sum + list.rows, 0);
  const made = counted(calls.rest + calls.discovery, 'call');
  return `${table}${counted(rows, 'row')} in ${cleanLine(directory)}, ${made} to Mode, ${seconds} s.\n`;
}

/** What is not as it should be, a line for each list. */
export function complaintsOf({ lists }: WarmSummary): string[] {
  return lists.flatMap(({ name, asOf, error }) => {
    if (!error) return [];
    const left = asOf === null ? 'is missing' : `could not be read anew; that of ${asOf} is still there`;
    return [`error: ${name} ${left} (${error.code}: ${error.message})`];
  });
}
