import { madeOnce } from './made-once.ts';
import type { Clause, Source } from './plan.ts';

/** What a field's selection, filter and order want of each row. */
export interface Wanted {
  readonly clauses: readonly Clause[];
  /** Rows that are shown of each list: what only they need can be read for them alone. */
  readonly pageSize: number;
}

/** That the thing is there at all. */
export const EXISTENCE: Clause = { anyOf: ['REST', 'DISCOVERY'], scope: 'all' };

/** Nothing but the thing's name. */
export const BARE: Wanted = { clauses: [EXISTENCE], pageSize: 0 };

/** Equal for wants that a plan cannot tell apart. */
export const signature = madeOnce((wanted: Wanted): string => {
  const clauses = new Set(wanted.clauses.map((clause) => `${clause.scope}:${[...clause.anyOf].sort().join('|')}`));
  return `${[...clauses].sort().join(' ')} ${wanted.pageSize}`;
});

/** One want that covers all of them: a batch is planned once. */
export function union(wants: readonly Wanted[]): Wanted {
  const clauses = new Map<string, Clause>();
  for (const clause of [EXISTENCE, ...wants.flatMap((wanted) => wanted.clauses)]) {
    clauses.set(`${clause.scope}:${[...clause.anyOf].sort().join('|')}`, clause);
  }
  return { clauses: [...clauses.values()], pageSize: Math.max(0, ...wants.map((wanted) => wanted.pageSize)) };
}

/** A caller who wants it live gets from REST all that REST can supply. */
export function liveOnly(clauses: readonly Clause[]): Clause[] {
  return clauses.map((clause) =>
    clause.anyOf.includes('REST') ? { ...clause, anyOf: ['REST' satisfies Source] } : clause,
  );
}
