import { builder } from '../builder.ts';
import { fact } from '../fact.ts';
import { joinParts } from '../global-id.ts';
import { Member } from '../refs.ts';
import { Provenance } from './provenance.ts';

builder.node(Member, {
  description:
    'A person of the workspace. Somebody who has left is known by username alone; the other fields are then null.',
  id: { resolve: ({ username }, _, { operation }) => joinParts(operation.workspace, username) },
  fields: (t) => ({
    username: t.exposeString('username', { nullable: false, ...fact('The name in addresses. Costs no call.') }),
    token: t.exposeString('token', fact('Mode’s 12-hex name of the member.')),
    name: t.exposeString('name', fact('The name people see.')),
    email: t.exposeString('email', fact('The address Mode knows.')),
    state: t.exposeString('state', fact('Whether the membership is `active`, in Mode’s word.')),
    admin: t.exposeBoolean('admin', fact('Whether the member administers the workspace.')),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...fact('Where these facts came from.'),
    }),
  }),
});
