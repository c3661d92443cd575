/** The conditions that filters are made of. A row that lacks the fact fails, unless said otherwise. */
import { containing, naming, searchingSql } from '../../catalog/sql-search.ts';
import { andThen } from '../../loading/maybe-promise.ts';
import { BARE } from '../../loading/wanted.ts';
import type { Source } from '../../loading/plan.ts';
import type { ReportQueryRecord } from '../../mode/records.ts';
import { indexMembers, type Members } from '../../loading/member-loaders.ts';
import { BadUserInputError } from '../errors/bad-user-input-error.ts';
import { namesIdentifier } from './identifier.ts';
import { marksOfText, marksOfValues, type ColumnUse, type Value } from './columns.ts';
import type { LookingUpCondition, PlainCondition } from './filter-kind.ts';
import { anyHolds, withMarks, type RowTest } from './row-test.ts';

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
  ...reads: readonly ((row: Row) => string | null)[]
): PlainCondition<Row, string> {
  const column: ColumnUse<Row> = { sources, reads, isText: true };
  return {
    sources,
    column,
    test(needle) {
      const wanted = needle.toLowerCase();
      const isIn = (row: Row): boolean => reads.some((read) => read(row)?.toLowerCase().includes(wanted) ?? false);
      return withMarks(isIn, (rows) => marksOfText(rows, column, needle));
    },
  };
}

/** Longer than any name of SQL, with all that qualifies it. */
const LONGEST_IDENTIFIER = 1_000;

/** Text in the SQL of a query, case of no matter. */
export function sqlText(sources: readonly Source[]): PlainCondition<ReportQueryRecord, string> {
  return { sources, test: (needle) => searchingSql(containing(needle)) };
}

/** A name in the SQL of a query, whole: `orders` is not in `reorders`. */
export function sqlIdentifier(sources: readonly Source[]): PlainCondition<ReportQueryRecord, string> {
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
    test: (name) => searchingSql(naming(name, namesIdentifier(name))),
  };
}

export function oneOf<Row>(
  sources: readonly Source[],
  read: (row: Row) => string | null,
): PlainCondition<Row, readonly string[]> {
  return byValue(sources, read, (values) => {
    const wanted: ReadonlySet<string | null> = new Set(values);
    return (value) => wanted.has(value);
  });
}

export function flag<Row>(sources: readonly Source[], read: (row: Row) => boolean): PlainCondition<Row, boolean> {
  return byValue(sources, read, (wanted) => (value) => value === wanted);
}

/** A condition that goes by one field. */
function byValue<Row, Field extends string | number | boolean | null, Wanted>(
  sources: readonly Source[],
  read: (row: Row) => Field,
  passing: (wanted: Wanted) => (value: Field) => boolean,
): PlainCondition<Row, Wanted> {
  const column: ColumnUse<Row> = { sources, reads: [read] };
  return {
    sources,
    column,
    test(wanted) {
      const passes = passing(wanted);
      return withMarks(
        (row) => passes(read(row)),
        (rows) => marksOfValues(rows, column, (value) => passes(value as Field)),
      );
    },
  };
}

/** From `after`, inclusive, to `before`, exclusive. */
export function within<Row>(
  sources: readonly Source[],
  read: (row: Row) => string | null,
): PlainCondition<Row, DateRange> {
  return byValue(sources, read, ({ after, before }) => {
    if (after == null && before == null) return () => true;
    const [from, until] = [momentOf(after), momentOf(before)];
    return (time) => time !== null && (from === undefined || time >= from) && (until === undefined || time < until);
  });
}

/** As payloads are read, in one form of ISO 8601 in UTC, moments compare as their characters do. */
function momentOf(date: Date | null | undefined): string | undefined {
  // Beyond these years it is written with a sign, which stands before all digits.
  if (!date) return undefined;
  return new Date(Math.min(LAST_MOMENT, Math.max(FIRST_MOMENT, date.getTime()))).toISOString();
}

const FIRST_MOMENT = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');

/** From `min` to `max`, both inclusive. */
export function between<Row>(
  sources: readonly Source[],
  read: (row: Row) => number | null,
): PlainCondition<Row, CountRange> {
  return byValue(sources, read, ({ min, max }) => {
    if (min == null && max == null) return () => true;
    return (value) => value !== null && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  });
}

interface Created {
  readonly creatorUsername: string | null;
  readonly creatorEmail: string | null;
}

/**
 * Made by one of these people, named by username or e-mail address. REST knows the one and Discovery the
 * other, so the list of members is read to know both.
 */
export function madeBy<Row extends Created>(): LookingUpCondition<Row, readonly string[]> {
  const usernames: ColumnUse<Row> = { sources: EITHER, reads: [(row) => row.creatorUsername] };
  const emails: ColumnUse<Row> = { sources: EITHER, reads: [(row) => row.creatorEmail] };
  const needsMembers = (people: readonly string[], rows: readonly Row[]): boolean =>
    rows.some((row) => row.creatorUsername === null && row.creatorEmail !== null) ||
    people.some((each) => each.includes('@'));
  const isMadeBy = (people: readonly string[], members: Members | undefined): RowTest<Row> => {
    const { isName, isEmail } = namesOf(people, members);
    return anyHolds([
      withMarks(
        (row) => isName(row.creatorUsername),
        (rows) => marksOfValues(rows, usernames, isName),
      ),
      withMarks(
        (row) => isEmail(row.creatorEmail),
        (rows) => marksOfValues(rows, emails, isEmail),
      ),
    ]);
  };
  return {
    sources: EITHER,
    column: { sources: EITHER, reads: [...usernames.reads, ...emails.reads] },
    lookUp(people, { operation }, rows) {
      if (!needsMembers(people, rows)) return isMadeBy(people, undefined);
      return andThen(operation.load.members(BARE), (members) => isMadeBy(people, members));
    },
    foresee(people, recall, rows) {
      if (!needsMembers(people, rows)) return isMadeBy(people, undefined);
      const members = recall.hint('people') ?? recall.hint('members');
      return members && isMadeBy(people, indexMembers(members.rows));
    },
  };
}

function namesOf(people: readonly string[], members: Members | undefined) {
  const usernames = new Set(people);
  const emails = new Set(people.map((each) => each.toLowerCase()));
  for (const each of people) {
    const member = members?.byUsername.get(each) ?? members?.byEmail.get(each.toLowerCase());
    if (!member) continue;
    usernames.add(member.username);
    if (member.email !== null) emails.add(member.email.toLowerCase());
  }
  return {
    isName: (name: Value) => typeof name === 'string' && usernames.has(name),
    isEmail: (email: Value) => typeof email === 'string' && emails.has(email.toLowerCase()),
  };
}
