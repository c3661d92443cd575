import type { MemberRecord } from '../mode/records.ts';
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
  members(wanted: Wanted): Promise<Members>;
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
      answer: (run) => async () => {
        const known = run.snapshot('members');
        if (!run.rest) return index(known?.rows ?? []);
        return index(
          (await discovery.reference('people', () => rest.members())).map((row) =>
            mergeMember(row, known?.byKey.get(row.username)),
          ),
        );
      },
    },
    parts,
  );
  return { members: (wanted) => members('all', wanted) };
}

function index(rows: readonly MemberRecord[]): Members {
  return {
    rows,
    byUsername: new Map(rows.map((row) => [row.username, row])),
    byEmail: new Map(rows.flatMap((row) => (row.email === null ? [] : [[row.email.toLowerCase(), row]]))),
  };
}
