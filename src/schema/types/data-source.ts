import { builder } from '../builder.ts';
import { fact } from '../fact.ts';
import { joinParts } from '../global-id.ts';
import { resolveMember } from '../members.ts';
import { DataSource, Member } from '../refs.ts';
import { Provenance } from './provenance.ts';

builder.node(DataSource, {
  description:
    'A database connection. Host, port, user name and connection settings are never read from Mode, so they cannot be asked for.',
  id: { resolve: ({ token }, _, { operation }) => joinParts(operation.workspace, token) },
  fields: (t) => ({
    token: t.exposeString('token', { nullable: false, ...fact('Mode’s 12-hex name of the data source.') }),
    modeId: t.exposeID('modeId', fact('Mode’s numeric id, which REST queries refer to.')),
    name: t.exposeString('name', fact('The name people see.')),
    description: t.exposeString('description', fact('What it holds.')),
    adapter: t.exposeString('adapter', fact('The driver, such as `jdbc:snowflake`.')),
    displayName: t.exposeString('displayName', fact('The driver’s name as Mode shows it.')),
    vendor: t.exposeString('vendor', fact('Who makes the database.')),
    database: t.exposeString('database', fact('Which database of the server it is.')),
    public: t.exposeBoolean('public', fact('Whether it is one of Mode’s public data sources.')),
    queryable: t.exposeBoolean('queryable', fact('Whether queries can run against it.')),
    asleep: t.exposeBoolean('asleep', fact('Whether Mode has put the connection to sleep.')),
    softDeleted: t.exposeBoolean('softDeleted', fact('Whether it was deleted while queries still refer to it.')),
    defaultAccessLevel: t.exposeString('defaultAccessLevel', fact('What members may do: `View` or `Query`.')),
    createdAt: t.expose('createdAt', { type: 'DateTime', ...fact('When it was connected.') }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', ...fact('When the connection last changed.') }),
    creator: t.field({
      type: Member,
      ...fact('Who connected it.'),
      resolve: ({ creatorUsername, provenance }, _, context, info) =>
        resolveMember(creatorUsername, provenance, context, info),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...fact('Where these facts came from.'),
    }),
  }),
});
