import { builder } from '../builder.ts';
import { eachOnItsOwn } from '../each-on-its-own.ts';
import { given } from '../fact.ts';
import { wantedOf } from '../facts-wanted.ts';
import { limitList } from '../limit-list.ts';
import { prepareNode } from '../node.ts';
import { Chart, Collection, DataSource, Member, Report, ReportQuery, Workspace } from '../refs.ts';
import { readToken } from '../token.ts';
import { readRateLimit } from '../rate-limit.ts';
import { CatalogType } from './catalog.ts';
import { RateLimitType } from './rate-limit.ts';

builder.queryType({
  description: 'What can be asked of a Mode workspace. Ask narrowly: `extensions.upstream` says what an answer cost.',
  fields: (t) => ({
    node: t.field({
      type: builder.nodeInterfaceRef(),
      description: 'Reads one object again by its global id; null when it is gone or hidden.',
      args: { id: t.arg.id({ required: true, description: 'An `id` from an earlier answer.' }) },
      resolve: (_, { id }, context, info) => prepareNode(id, 'id')(context, info),
    }),
    nodes: t.field({
      type: [builder.nodeInterfaceRef()],
      nullable: { list: true, items: true },
      description: 'Reads several objects by global id, in the order of `ids`; null where one is gone or hidden.',
      args: {
        ids: t.arg.idList({
          required: true,
          description: 'Each an `id` from an earlier answer; as many as a page may hold.',
        }),
      },
      resolve: (_, { ids }, context, info) => {
        limitList(ids, 'ids', context.limits.maxPageSize);
        return eachOnItsOwn(ids, (id) => prepareNode(id, 'ids')(context, info));
      },
    }),
    workspace: t.field({
      type: Workspace,
      ...given('The workspace this gateway serves.'),
      resolve: (_, __, { operation }) => ({ kind: 'Workspace', username: operation.workspace }) as const,
    }),
    rateLimit: t.field({
      type: RateLimitType,
      nullable: false,
      description: 'What is left of Mode’s rate limit, and how long a call would wait. Costs no call.',
      resolve: (_, __, context) => {
        const { throttle, now } = context.present();
        return readRateLimit(throttle.state(), now);
      },
    }),
    catalog: t.field({
      type: CatalogType,
      nullable: false,
      description: 'What the gateway holds of the workspace, and how old it is. Costs no call.',
      resolve: (_, __, context) => context.present().catalog,
    }),
    collection: t.field({
      type: Collection,
      ...given('One collection by token; null when it is gone or hidden. One call.'),
      args: { token: t.arg.string({ required: true, description: 'Mode’s 12-hex name of the collection.' }) },
      resolve: (_, { token }, { operation }, info) =>
        operation.load.collection({ token: readToken(token, 'token') }, wantedOf(info)),
    }),
    report: t.field({
      type: Report,
      ...given('One report by token; null when it is gone or hidden. One call.'),
      args: { token: t.arg.string({ required: true, description: 'Mode’s 12-hex name of the report.' }) },
      resolve: (_, { token }, { operation }, info) => operation.load.report(readToken(token, 'token'), wantedOf(info)),
    }),
    reports: t.field({
      type: [Report],
      nullable: { list: true, items: true },
      ...given(
        'Several reports by token, in the order of `tokens`; null where one is gone or hidden. One call each, or one for every 1,000 reports of the workspace, whichever is fewer.',
      ),
      args: {
        tokens: t.arg.stringList({ required: true, description: 'Tokens of reports; as many as a page may hold.' }),
      },
      resolve: (_, { tokens }, { operation, limits }, info) => {
        limitList(tokens, 'tokens', limits.maxPageSize);
        return eachOnItsOwn(tokens, (token) => operation.load.report(readToken(token, 'tokens'), wantedOf(info)));
      },
    }),
    reportQuery: t.field({
      type: ReportQuery,
      ...given('One query by the tokens of its report and itself; null when it is gone or hidden. One call.'),
      args: {
        reportToken: t.arg.string({ required: true, description: 'Token of its report.' }),
        token: t.arg.string({ required: true, description: 'Token of the query.' }),
      },
      resolve: (_, { reportToken, token }, { operation }, info) =>
        operation.load.query(
          { report: readToken(reportToken, 'reportToken'), query: readToken(token, 'token') },
          wantedOf(info),
        ),
    }),
    chart: t.field({
      type: Chart,
      ...given(
        'One chart by the tokens of its report, its query and itself; null when it is gone or hidden. One call.',
      ),
      args: {
        reportToken: t.arg.string({ required: true, description: 'Token of its report.' }),
        queryToken: t.arg.string({ required: true, description: 'Token of its query.' }),
        token: t.arg.string({ required: true, description: 'Token of the chart.' }),
      },
      resolve: (_, { reportToken, queryToken, token }, { operation }, info) =>
        operation.load.chart(
          {
            report: readToken(reportToken, 'reportToken'),
            query: readToken(queryToken, 'queryToken'),
            chart: readToken(token, 'token'),
          },
          wantedOf(info),
        ),
    }),
    member: t.field({
      type: Member,
      ...given('One member by username; null when there is none of that name. One call for any number of them.'),
      args: { username: t.arg.string({ required: true, description: 'The name in Mode’s addresses.' }) },
      resolve: async (_, { username }, { operation }, info) =>
        (await operation.load.members(wantedOf(info))).byUsername.get(username) ?? null,
    }),
    dataSource: t.field({
      type: DataSource,
      ...given('One data source by token; null when it is gone or hidden. One call for any number of them.'),
      args: { token: t.arg.string({ required: true, description: 'Mode’s 12-hex name of the data source.' }) },
      resolve: async (_, { token }, { operation }) => {
        const wanted = readToken(token, 'token');
        return (await operation.load.dataSources()).find((row) => row.token === wanted) ?? null;
      },
    }),
  }),
});
