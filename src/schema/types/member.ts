import { BARE } from '../../loading/wanted.ts';
import type { MemberRecord, ReportRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { ReportOrder } from '../connection/order-inputs.ts';
import { ReportConnection } from '../connections.ts';
import type { GatewayContext } from '../context.ts';
import { fact, given } from '../fact.ts';
import { ReportFilter } from '../filters/report-filter.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { reportList } from '../lists.ts';
import { Member, Report } from '../refs.ts';
import { Provenance } from './provenance.ts';

builder.objectType(Member, {
  interfaces: [Node],
  description:
    'A person of the workspace. Somebody who has left is known by username alone; the other fields are then null.',
  fields: (t) => ({
    id: t.id({
      ...GLOBAL_ID,
      resolve: ({ username }, _, { operation }) => globalId('Member', operation.workspace, username),
    }),
    username: t.exposeString('username', { nullable: false, ...given('The name in addresses. Costs no call.') }),
    token: t.exposeString('token', fact('Mode’s 12-hex name of the member.', 'REST', 'DISCOVERY')),
    name: t.exposeString('name', fact('The name people see.', 'REST')),
    email: t.exposeString('email', fact('The address Mode knows.', 'REST', 'DISCOVERY')),
    state: t.exposeString('state', fact('Whether the membership is `active`, in Mode’s word.', 'REST', 'DISCOVERY')),
    admin: t.exposeBoolean('admin', fact('Whether the member administers the workspace.', 'REST')),
    activatedAt: t.expose('activatedAt', { type: 'DateTime', ...fact('When the membership began.', 'DISCOVERY') }),
    bannedAt: t.expose('bannedAt', {
      type: 'DateTime',
      ...fact('When the member was shut out, if ever.', 'DISCOVERY'),
    }),
    lastReportCreatedAt: t.expose('lastReportCreatedAt', {
      type: 'DateTime',
      ...fact('When the member last made a report.', 'DISCOVERY'),
    }),
    lastReportViewedAt: t.expose('lastReportViewedAt', {
      type: 'DateTime',
      ...fact('When the member last viewed a report.', 'DISCOVERY'),
    }),
    lastReportRunAt: t.expose('lastReportRunAt', {
      type: 'DateTime',
      ...fact('When the member last ran a report.', 'DISCOVERY'),
    }),
    totalDaysEngaged: t.exposeInt('totalDaysEngaged', fact('On how many days the member used Mode.', 'DISCOVERY')),
    reports: t.connection(
      {
        type: Report,
        nullable: true,
        ...given('The reports the member made. Without Discovery, a walk over every collection.'),
        args: {
          filter: t.arg({ type: ReportFilter, description: 'Which reports.' }),
          orderBy: t.arg({ type: ReportOrder.input, description: 'In which order.' }),
        },
        resolve: (member, args, context, info) =>
          reportList({
            list: `Member.reports:${member.username}`,
            args,
            context,
            info,
            async fetch(wanted) {
              const [reports, email] = await Promise.all([
                context.operation.load.allReports(wanted),
                emailOf(member, context),
              ]);
              const isTheirs = (row: ReportRecord): boolean =>
                row.creatorUsername === null
                  ? email !== null && row.creatorEmail?.toLowerCase() === email
                  : row.creatorUsername === member.username;
              return { ...reports, rows: reports.rows.filter(isTheirs) };
            },
          }),
      },
      ReportConnection,
    ),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
  }),
});

/** Discovery says who made a report by e-mail address; a member known by name alone is looked up. */
async function emailOf(member: MemberRecord, { operation }: GatewayContext): Promise<string | null> {
  if (member.email !== null) return member.email.toLowerCase();
  return (await operation.load.members(BARE)).byUsername.get(member.username)?.email?.toLowerCase() ?? null;
}
