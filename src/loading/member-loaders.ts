import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { MemberRecord } from '../mode/records.ts';
import { madeOnce, madeOnceOfTwo } from './made-once.ts';
import { andThen, type MaybePromise } from './maybe-promise.ts';
import { mergeMember } from './merge.ts';
import type { LoadingParts } from './parts.ts';
import { plannedLoader } from './planned-loader.ts';
import type { Wanted } from './wanted.ts';

/** Everybody, findable by either of the names Mode's APIs use. */
export interface Members {
  readonly rows: readonly MemberRecord[];
  readonly byUsername: ReadonlyMap<string, MemberRecord>;
  readonly byEmail: ReadonlyMap<string, MemberRecord>;
}

export interface MemberLoaders {
  members(wanted: Wanted): MaybePromise<Members>;
}

export function createMemberLoaders(parts: LoadingParts): MemberLoaders {
  const { rest, discovery } = parts;
  const members = plannedLoader<'all', Members>(
    {
      name: 'members',
      toText: String,
      request: (_, wanted) => ({
        what: 'members',
        keys: 1,
        wanted,
        list: 'members',
        rest: [
          discovery.held('people')
            ? { source: 'REST', how: 'snapshot', scope: 'all', calls: 0 }
            : { source: 'REST', how: 'read', scope: 'all', calls: 1 },
        ],
      }),
      answer: (run) => () => {
        const known = run.snapshot('members');
        if (!run.rest) return indexMembers(known?.rows ?? []);
        return andThen(
          discovery.reference('people', () => rest.members()),
          (people) => indexMembers(known ? mergedWith(people, known) : people),
        );
      },
    },
    parts,
  );
  return { members: (wanted) => members('all', wanted) };
}

const mergedWith = madeOnceOfTwo(
  (people: readonly MemberRecord[], known: ListSnapshot<MemberRecord>): readonly MemberRecord[] =>
    people.map((row) => mergeMember(row, known.byKey.get(row.username))),
);

export const indexMembers = madeOnce((rows: readonly MemberRecord[]): Members => ({
  rows,
  byUsername: new Map(rows.map((row) => [row.username, row])),
  byEmail: new Map(rows.flatMap((row) => (row.email === null ? [] : [[row.email.toLowerCase(), row]]))),
}));
