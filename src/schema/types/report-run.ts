import { reportIdentity } from '../../mode/identities.ts';
import { builder } from '../builder.ts';
import { given } from '../fact.ts';
import { wantedOf } from '../facts-wanted.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { Report, ReportRun } from '../refs.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.objectType(ReportRun, {
  interfaces: [Node],
  description: 'One run of a report.',
  fields: (t) => ({
    id: t.id({
      ...GLOBAL_ID,
      resolve: ({ reportToken, token }, _, { operation }) =>
        globalId('ReportRun', operation.workspace, reportToken, token),
    }),
    token: t.exposeString('token', { nullable: false, ...given('Mode’s 12-hex name of the run.') }),
    state: t.exposeString(
      'state',
      given('`pending`, `enqueued`, `running_notebook`, `succeeded`, `completed`, `failed` or `cancelled`.'),
    ),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...given('When it was asked for.') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...given('When its state last changed.') }),
    completedAt: t.expose('completedAt', { type: 'DateTime', ...given('When it ended; null while it runs.') }),
    pythonState: t.exposeString('pythonState', given('State of its notebook; null when it has none.')),
    isLatest: t.exposeBoolean('isLatest', given('Whether it is the report’s last run.')),
    isLatestSuccessful: t.exposeBoolean('isLatestSuccessful', given('Whether it is the last run that succeeded.')),
    report: t.field({
      type: Report,
      ...given('The report that was run. Its token and id cost no call.'),
      resolve: ({ reportToken, provenance }, _, { operation }, info) =>
        selectsOnly(info, IDENTITY)
          ? reportIdentity(reportToken, provenance)
          : operation.load.report(reportToken, wantedOf(info)),
    }),
    webUrl: t.string({
      nullable: false,
      ...given('The run’s page in Mode.'),
      resolve: ({ reportToken, token }, _, context) => webAddress(context, 'reports', reportToken, 'runs', token),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
  }),
});
