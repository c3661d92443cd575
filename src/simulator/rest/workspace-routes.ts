import { tokenFor } from '../world/tokens.ts';
import { failure, ok } from './answer.ts';
import { wholeList } from './list-answer.ts';
import { userPayload, workspacePayload } from './payload/account-payload.ts';
import { dataSourcePayload } from './payload/data-source-payload.ts';
import { liteMembershipPayload, membershipPayload } from './payload/membership-payload.ts';
import { api, link } from './payload/scene.ts';
import { missing, refusal } from './resolve.ts';
import type { Handler } from './rest-call.ts';

/** The check of a credential: which workspace it opens, and how far. */
export const verify: Handler = ({ scene, who }) =>
  ok({
    workspace: scene.world.workspace.username,
    workspace_token: scene.world.workspace.token,
    api_key_scope: who === 'admin' ? 'workspace' : 'member',
    _links: { self: link(api(scene, `/api_keys/${tokenFor('api key', who)}`)) },
  });

/** The old credential check, which keys may not use any more. */
export const account: Handler = ({ scene, who }) =>
  scene.behaviour.accountForApiKeys
    ? ok(userPayload(scene, scene.world[who]))
    : failure(400, 'This endpoint is not supported for API keys.');

/** The workspace, or a person in it: both are accounts. */
export const getAccount: Handler = ({ scene, tokens }) => {
  const username = tokens.account ?? '';
  if (username === scene.world.workspace.username) return ok(workspacePayload(scene));
  const member = scene.world.memberByUsername.get(username);
  return member === undefined ? missing('account') : ok(userPayload(scene, member));
};

export const listDataSources: Handler = (call) => {
  const { world } = call.scene;
  const rows = world.dataSources.filter((row) => !world.deleted.has(row.token));
  return wholeList(call, 'data_sources', rows, (row) => dataSourcePayload(call.scene, row));
};

export const getDataSource: Handler = (call) => {
  const token = call.tokens.source ?? '';
  const row = call.scene.world.dataSourceByToken.get(token);
  if (row === undefined) return missing('data source');
  return refusal(call, token, 'data source') ?? ok(dataSourcePayload(call.scene, row));
};

export const listMemberships: Handler = (call) => {
  const { world, behaviour } = call.scene;
  if (call.who !== 'admin' && !behaviour.membershipsForMembers) return missing('path');
  return wholeList(call, 'memberships', world.members, (row) => membershipPayload(call.scene, row));
};

export const listLiteMemberships: Handler = (call) =>
  wholeList(call, 'memberships', call.scene.world.members, liteMembershipPayload);
