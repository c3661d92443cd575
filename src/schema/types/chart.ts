import { reportIdentity, reportQueryIdentity } from '../../mode/identities.ts';
import { builder } from '../builder.ts';
import { fact } from '../fact.ts';
import { joinParts } from '../global-id.ts';
import { resolveMember } from '../members.ts';
import { Chart, Member, Report, ReportQuery } from '../refs.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.node(Chart, {
  description: 'A chart of a query. Mode’s web addresses call it a viz.',
  id: {
    resolve: ({ reportToken, queryToken, token }, _, { operation }) =>
      joinParts(operation.workspace, reportToken, queryToken, token),
  },
  fields: (t) => ({
    token: t.exposeString('token', { nullable: false, ...fact('Mode’s 12-hex name of the chart.') }),
    type: t.exposeString(
      'type',
      fact('What it is drawn as: `bar`, `line`, `bigNumber`, `pivotTable`, `vegas` and so on.'),
    ),
    title: t.exposeString('title', fact('Its title, with HTML entities decoded; null when it has none.')),
    description: t.exposeString('description', fact('What it shows, in its author’s words.')),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...fact('When it was made.') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...fact('When it last changed.') }),
    viewVersion: t.exposeFloat('viewVersion', fact('Which of Mode’s chart formats it uses; 2 is today’s.')),
    viewVegas: t.expose('viewVegas', {
      type: 'JSON',
      ...fact('The whole chart as Mode stores it. Its filters hold values of the data itself.'),
    }),
    view: t.expose('view', { type: 'JSON', ...fact('The chart in the format before `viewVegas`; mostly `{}`.') }),
    colorPaletteToken: t.exposeString('colorPaletteToken', fact('Token of its colour palette.')),
    creator: t.field({
      type: Member,
      ...fact('Who made the chart.'),
      resolve: ({ creatorUsername, provenance }, _, context, info) =>
        resolveMember(creatorUsername, provenance, context, info),
    }),
    query: t.field({
      type: ReportQuery,
      ...fact('The query it draws. Its token and id cost no call.'),
      resolve: ({ reportToken, queryToken, provenance }, _, { operation }, info) =>
        selectsOnly(info, IDENTITY)
          ? reportQueryIdentity(reportToken, queryToken, provenance)
          : operation.load.query({ report: reportToken, query: queryToken }),
    }),
    report: t.field({
      type: Report,
      ...fact('The report it is in. Its token and id cost no call.'),
      resolve: ({ reportToken, provenance }, _, { operation }, info) =>
        selectsOnly(info, IDENTITY) ? reportIdentity(reportToken, provenance) : operation.load.report(reportToken),
    }),
    webUrl: t.string({
      nullable: false,
      ...fact('The chart’s page in Mode.'),
      resolve: ({ reportToken, token }, _, context) => webAddress(context, 'reports', reportToken, 'viz', token),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...fact('Where these facts came from.'),
    }),
  }),
});
