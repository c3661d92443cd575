import { reportIdentity, reportQueryIdentity } from '../../mode/identities.ts';
import { builder } from '../builder.ts';
import { fact, given } from '../fact.ts';
import { wantedOf } from '../facts-wanted.ts';
import { globalId } from '../global-id.ts';
import { GLOBAL_ID, Node } from '../node-interface.ts';
import { resolveMember } from '../members.ts';
import { Chart, Member, Report, ReportQuery } from '../refs.ts';
import { IDENTITY, selectsOnly } from '../selection.ts';
import { webAddress } from '../web-address.ts';
import { Provenance } from './provenance.ts';

builder.objectType(Chart, {
  interfaces: [Node],
  description: 'A chart of a query. Mode’s web addresses call it a viz.',
  fields: (t) => ({
    id: t.id({
      ...GLOBAL_ID,
      resolve: ({ reportToken, queryToken, token }, _, { operation }) =>
        globalId('Chart', operation.workspace, reportToken, queryToken, token),
    }),
    token: t.exposeString('token', { nullable: false, ...given('Mode’s 12-hex name of the chart.') }),
    modeId: t.exposeID('modeId', fact('Mode’s numeric id of the chart.', 'DISCOVERY')),
    explorationUrl: t.exposeString(
      'explorationUrl',
      fact('Address of the exploration it was made in, if any.', 'DISCOVERY'),
    ),
    type: t.exposeString(
      'type',
      fact('What it is drawn as: `bar`, `line`, `bigNumber`, `pivotTable`, `vegas` and so on.', 'REST', 'DISCOVERY'),
    ),
    title: t.exposeString(
      'title',
      fact('Its title, with HTML entities decoded; null when it has none.', 'REST', 'DISCOVERY'),
    ),
    description: t.exposeString('description', fact('What it shows, in its author’s words.', 'REST')),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...fact('When it was made.', 'REST') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...fact('When it last changed.', 'REST') }),
    viewVersion: t.exposeInt('viewVersion', fact('Which of Mode’s chart formats it uses; 2 is today’s.', 'REST')),
    viewVegas: t.expose('viewVegas', {
      type: 'JSON',
      ...fact('The whole chart as Mode stores it. Its filters hold values of the data itself.', 'REST'),
    }),
    view: t.expose('view', {
      type: 'JSON',
      ...fact('The chart in the format before `viewVegas`; mostly `{}`.', 'REST'),
    }),
    colorPaletteToken: t.exposeString('colorPaletteToken', fact('Token of its colour palette.', 'REST')),
    creator: t.field({
      type: Member,
      ...fact('Who made the chart.', 'REST'),
      resolve: (row, _, context, info) => resolveMember(row, context, info),
    }),
    query: t.field({
      type: ReportQuery,
      ...given('The query it draws. Its token and id cost no call.'),
      resolve: ({ reportToken, queryToken, provenance }, _, { operation }, info) =>
        selectsOnly(info, IDENTITY)
          ? reportQueryIdentity(reportToken, queryToken, provenance)
          : operation.load.query({ report: reportToken, query: queryToken }, wantedOf(info)),
    }),
    report: t.field({
      type: Report,
      ...given('The report it is in. Its token and id cost no call.'),
      resolve: ({ reportToken, provenance }, _, { operation }, info) =>
        selectsOnly(info, IDENTITY)
          ? reportIdentity(reportToken, provenance)
          : operation.load.report(reportToken, wantedOf(info)),
    }),
    webUrl: t.string({
      nullable: false,
      ...given('The chart’s page in Mode.'),
      resolve: ({ reportToken, token }, _, context) => webAddress(context, 'reports', reportToken, 'viz', token),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
  }),
});
