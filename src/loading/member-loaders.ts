import type { MemberRecord } from '../mode/records.ts';
import { carryOut } from './carry-out.ts';
import { mergeMember } from './merge.ts';
import type { LoadingParts } from './parts.ts';
import { plannedLoader, settleAll } from './planned-loader.ts';
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

export function createMemberLoaders({ rest, discovery, bill }: LoadingParts): MemberLoaders {
  const members = plannedLoader<'all', Members>(String, async (asked) => {
    const run = await carryOut(
      {
        what: 'members',
        keys: 1,
        wanted: asked.map((one) => one.wanted),
        list: 'members',
        rest: [
          discovery.held('people')
            ? { source: 'REST', how: 'snapshot', scope: 'all', calls: 0 }
            : { source: 'REST', how: 'read', scope: 'all', calls: 1 },
        ],
      },
      discovery,
      bill,
    );
    return settleAll(asked, async () => {
      const known = run.snapshot('members');
      if (!run.rest) return index(known?.rows ?? []);
      return index(
        (await discovery.reference('people', () => rest.members())).map((row) =>
          mergeMember(row, known?.byKey.get(row.username)),
        ),
      );
    });
  });
  return { members: (wanted) => members('all', wanted) };
}

function index(rows: readonly MemberRecord[]): Members {
  return {
    rows,
    byUsername: new Map(rows.map((row) => [row.username, row])),
    byEmail: new Map(rows.flatMap((row) => (row.email === null ? [] : [[row.email.toLowerCase(), row]]))),
  };
}
