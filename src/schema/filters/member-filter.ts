import type { MemberRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { DISCOVERY, EITHER, flag, oneOf, REST, text, within, type DateRange } from './conditions.ts';
import { filterKind, type Alternatives } from './filter-kind.ts';
import { DateRangeInput } from './ranges.ts';

export interface MemberFilterShape {
  readonly search?: string | null | undefined;
  readonly states?: readonly string[] | null | undefined;
  readonly admin?: boolean | null | undefined;
  readonly lastReportViewedAt?: DateRange | null | undefined;
}

export const MemberFilter = builder.inputRef<MemberFilterShape & Alternatives<MemberFilterShape>>('MemberFilter');

MemberFilter.implement({
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name, the username or the address, case of no matter.' }),
    states: t.stringList({ description: 'States of the membership, such as `active`.' }),
    admin: t.boolean({ description: 'Only administrators, or only others. Known to REST alone.' }),
    lastReportViewedAt: t.field({
      type: DateRangeInput,
      description: 'When the member last viewed a report. Known to Discovery alone.',
    }),
    or: t.field({ type: [MemberFilter], description: 'One of these must hold too.' }),
  }),
});

export const memberFilter = filterKind<MemberRecord, MemberFilterShape>({
  search: text(
    REST,
    (row) => row.name,
    (row) => row.username,
    (row) => row.email,
  ),
  states: oneOf(EITHER, (row) => row.state),
  admin: flag(REST, (row) => row.admin ?? false),
  lastReportViewedAt: within(DISCOVERY, (row) => row.lastReportViewedAt),
});
