/** The conditions that filters are made of. A row that lacks the fact fails, unless said otherwise. */
import { BARE } from '../../loading/wanted.ts';
import type { Source } from '../../loading/plan.ts';
import { BadUserInputError } from '../errors/bad-user-input-error.ts';
import { namesIdentifier } from './identifier.ts';
import type { Condition } from './filter-kind.ts';

export const EITHER: readonly Source[] = ['REST', 'DISCOVERY'];
export const REST: readonly Source[] = ['REST'];
export const DISCOVERY: readonly Source[] = ['DISCOVERY'];
export const COUNTED: readonly Source[] = ['REST', 'STATS'];

export interface DateRange {
  readonly after?: Date | null | undefined;
  readonly before?: Date | null | undefined;
}

export interface CountRange {
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
}

/** Text in one of several fields, case of no matter. */
export function text<Row>(
  sources: readonly Source[],
  read: (row: Row) => readonly (string | null)[],
): Condition<Row, string> {
  return {
    sources,
    test(needle) {
      const wanted = needle.toLowerCase();
      return (row) => read(row).some((each) => each?.toLowerCase().includes(wanted) ?? false);
    },
  };
}

/** Longer than any name of SQL, with all that qualifies it. */
const LONGEST_IDENTIFIER = 1_000;

/** A name of SQL, whole: `orders` is not in `reorders`. */
export function identifier<Row>(sources: readonly Source[], read: (row: Row) => string | null): Condition<Row, string> {
  return {
    sources,
    // It becomes a regular expression: of a megabyte, that takes seconds, and then is refused.
    check({ length }) {
      if (length <= LONGEST_IDENTIFIER) return;
      throw new BadUserInputError(
        'usesIdentifier',
        `"usesIdentifier" may have at most ${LONGEST_IDENTIFIER} characters, not ${length}.`,
      );
    },
    test(name) {
      const names = namesIdentifier(name);
      return (row) => names(read(row) ?? '');
    },
  };
}

export function oneOf<Row>(
  sources: readonly Source[],
  read: (row: Row) => string | null,
): Condition<Row, readonly string[]> {
  return {
    sources,
    test(values) {
      const wanted: ReadonlySet<string | null> = new Set(values);
      return (row) => wanted.has(read(row));
    },
  };
}

export function flag<Row>(sources: readonly Source[], read: (row: Row) => boolean): Condition<Row, boolean> {
  return { sources, test: (wanted) => (row) => read(row) === wanted };
}

/** From `after`, inclusive, to `before`, exclusive. */
export function within<Row>(sources: readonly Source[], read: (row: Row) => string | null): Condition<Row, DateRange> {
  return {
    sources,
    test({ after, before }) {
      if (after == null && before == null) return () => true;
      return (row) => {
        const time = read(row);
        if (time === null) return false;
        const at = Date.parse(time);
        return (after == null || at >= after.getTime()) && (before == null || at < before.getTime());
      };
    },
  };
}

/** From `min` to `max`, both inclusive. */
export function between<Row>(
  sources: readonly Source[],
  read: (row: Row) => number | null,
): Condition<Row, CountRange> {
  return {
    sources,
    test({ min, max }) {
      if (min == null && max == null) return () => true;
      return (row) => {
        const value = read(row);
        return value !== null && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
      };
    },
  };
}

interface Created {
  readonly creatorUsername: string | null;
  readonly creatorEmail: string | null;
}

/**
 * Made by one of these people, named by username or e-mail address. REST knows the one and Discovery the
 * other, so the list of members is read to know both.
 */
export function madeBy<Row extends Created>(): Condition<Row, readonly string[]> {
  return {
    sources: EITHER,
    async test(people, { operation }, rows) {
      const usernames = new Set(people);
      const emails = new Set(people.map((each) => each.toLowerCase()));
      const byEmail = rows.some((row) => row.creatorUsername === null && row.creatorEmail !== null);
      if (byEmail || people.some((each) => each.includes('@'))) {
        const members = await operation.load.members(BARE);
        for (const each of people) {
          const member = members.byUsername.get(each) ?? members.byEmail.get(each.toLowerCase());
          if (!member) continue;
          usernames.add(member.username);
          if (member.email !== null) emails.add(member.email.toLowerCase());
        }
      }
      return (row) =>
        (row.creatorUsername !== null && usernames.has(row.creatorUsername)) ||
        (row.creatorEmail !== null && emails.has(row.creatorEmail.toLowerCase()));
    },
  };
}
