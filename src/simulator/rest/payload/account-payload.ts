import type { SimMember } from '../../world/rows.ts';
import { api, id, link, template, type Payload, type Scene } from './scene.ts';

/** The workspace's own record. Its `space_count` reads 0 whatever the truth. */
export function workspacePayload(scene: Scene): Payload {
  const { workspace, dataSources } = scene.world;
  const self = api(scene);
  return {
    username: workspace.username,
    name: workspace.name,
    id: id(scene, workspace.id),
    token: workspace.token,
    avatar: avatar(workspace.token),
    user: false,
    created_at: workspace.createdAt,
    plan_code: 'plus',
    trial_state: null,
    membership_type: null,
    space_count: 0,
    data_source_count: dataSources.length,
    default_data_source_token: dataSources.find((source) => source.isDefault)?.token ?? null,
    authorized_domains: null,
    settings: {},
    _links: {
      self: link(self),
      web: link(`/${workspace.username}`),
      home_web: link(`/home/${workspace.username}`),
      web_spaces: link(`/${workspace.username}/spaces`),
      spaces: link(`${self}/collections`),
      custom_spaces: link(`${self}/collections?filter=custom`),
      space: template(`${self}/collections/{token}`),
      report: template(`${self}/reports/{token}`),
      data_sources: link(`${self}/data_sources`),
      definitions: link(`${self}/definitions`),
      groups: link(`${self}/groups`),
      memberships: link(`${self}/memberships`),
      memberships_lite: link(`${self}/memberships/lite`),
    },
  };
}

/** A person's record, where `creator` links lead. It holds no address any more. */
export function userPayload(scene: Scene, row: SimMember): Payload {
  return {
    username: row.username,
    name: row.name,
    id: id(scene, row.id),
    token: row.token,
    avatar: avatar(row.token),
    user: true,
    created_at: row.createdAt,
    _links: { self: link(`/api/${row.username}`), web: link(`/${row.username}`) },
  };
}

function avatar(token: string): Payload {
  return { type: 'gravatar', url: `https://avatars.simulated-mode.test/${token}` };
}
