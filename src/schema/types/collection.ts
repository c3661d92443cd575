import { builder } from '../builder.ts';
import { ReportOrder } from '../connection/order-inputs.ts';
import { ReportConnection } from '../connections.ts';
import { fact } from '../fact.ts';
import { ReportFilter } from '../filters/report-filter.ts';
import { joinParts } from '../global-id.ts';
import { reportList } from '../lists.ts';
import { resolveMember } from '../members.ts';
import { Collection, Member, Report } from '../refs.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.node(Collection, {
  description: 'A folder of reports. Mode’s API calls it a space.',
  id: { resolve: ({ token }, _, { operation }) => joinParts(operation.workspace, token) },
  fields: (t) => ({
    token: t.exposeString('token', { nullable: false, ...fact('Mode’s 12-hex name of the collection.') }),
    modeId: t.exposeID('modeId', fact('Mode’s numeric id of the collection.')),
    name: t.exposeString('name', fact('The name people see; some have none.')),
    description: t.exposeString('description', fact('What the collection is for.')),
    type: t.exposeString('type', fact('`custom`, `private` (one member’s own) or `community`.')),
    state: t.exposeString('state', fact('`active`, in Mode’s word.')),
    defaultAccessLevel: t.exposeString(
      'defaultAccessLevel',
      fact('What members may do here unless told otherwise: `view`, `edit`, `none` or `restricted`.'),
    ),
    freeDefault: t.exposeBoolean(
      'freeDefault',
      fact('Whether it is the default collection of a workspace on the free plan.'),
    ),
    viewable: t.exposeBoolean(
      'viewable',
      fact('Mode’s `viewable?`. A list and a single read of one collection may disagree.'),
    ),
    creator: t.field({
      type: Member,
      ...fact('Who made the collection.'),
      resolve: ({ creatorUsername, provenance }, _, context, info) =>
        resolveMember(creatorUsername, provenance, context, info),
    }),
    webUrl: t.string({
      nullable: false,
      ...fact('The collection’s page in Mode.'),
      resolve: ({ token }, _, context) => webAddress(context, 'spaces', token),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...fact('Where these facts came from.'),
    }),
    reports: t.connection(
      {
        type: Report,
        nullable: true,
        ...fact(
          'The reports in the collection, archived ones and datasets included. One call for every 30 of them, and one to find the end.',
        ),
        args: {
          filter: t.arg({ type: ReportFilter, description: 'Which reports.' }),
          orderBy: t.arg({ type: ReportOrder.input, description: 'In which order.' }),
        },
        resolve: ({ token }, args, context) =>
          reportList(`Collection.reports:${token}`, args, context, () => context.operation.load.reportsOf(token)),
      },
      ReportConnection,
    ),
  }),
});
