import type {
  ChartRecord,
  CollectionRecord,
  DataSourceRecord,
  MemberRecord,
  ReportQueryRecord,
  ReportRecord,
  ReportRunRecord,
} from '../mode/records.ts';

/** Anything a question may lead to, as far as it is known without a call. */
export type Thing =
  | { readonly kind: 'Workspace'; readonly username: string }
  | CollectionRecord
  | ReportRecord
  | ReportQueryRecord
  | ChartRecord
  | ReportRunRecord
  | DataSourceRecord
  | MemberRecord;

/** What a question comes upon at one place: things of one kind. */
export interface Things {
  /** Those that are named by the caller, or that the catalog remembers; each once. */
  readonly known: readonly Thing[];
  /** How many there are besides, of which nobody can say which. */
  readonly others: number;
  /** Rests on what nobody has counted. */
  readonly isGuess: boolean;
}

export const NOTHING: Things = { known: [], others: 0, isGuess: false };

export function countOf({ known, others }: Things): number {
  return known.length + others;
}

/** What tells things of a kind apart. */
export function nameOf(thing: Thing): string {
  return thing.kind === 'Workspace' || thing.kind === 'Member' ? thing.username : thing.token;
}

/** All of them, each known one once. */
export function together(all: readonly Things[]): Things {
  const [only] = all;
  if (only && all.length === 1) return only;
  const known = new Map(all.flatMap((each) => each.known.map((thing) => [nameOf(thing), thing] as const)));
  const others = all.reduce((sum, each) => sum + each.others, 0);
  return { known: [...known.values()], others, isGuess: all.some(({ isGuess }) => isGuess) };
}

/** Looked up when somebody asks for it, and once: most questions are reckoned without most of it. */
export function lazily<Value>(find: () => Value): () => Value {
  let found: { readonly value: Value } | undefined;
  return () => (found ??= { value: find() }).value;
}
