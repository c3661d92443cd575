import type { SimDataSource } from '../../world/rows.ts';
import { api, forms, id, link, select, text, type Payload, type Scene } from './scene.ts';

/** A data source, with the host and the user name that Mode tells to whoever may query it. */
export function dataSourcePayload(scene: Scene, row: SimDataSource): Payload {
  const { workspace } = scene.world;
  const self = api(scene, `/data_sources/${row.token}`);
  return {
    id: id(scene, row.id),
    name: row.name,
    description: row.description,
    token: row.token,
    adapter: row.adapter,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    has_expensive_schema_updates: false,
    public: false,
    asleep: false,
    queryable: true,
    soft_deleted: scene.world.deleted.get(row.token) === 'soft_deleted',
    display_name: row.displayName,
    account_id: id(scene, workspace.id),
    account_username: workspace.username,
    organization_token: workspace.token,
    organization_plan_code: 'plus',
    default: row.isDefault,
    database: row.database,
    host: row.host,
    port: row.port,
    ssl: true,
    username: row.username,
    provider: 'default',
    vendor: row.vendor,
    ldap: false,
    warehouse: row.warehouse,
    bridged: false,
    adapter_version: row.adapterVersion,
    custom_attributes: { standard_sql: true },
    default_access_level: 'Query',
    _links: {
      self: link(self),
      creator: link(`/api/${row.creatorUsername}`),
      account: link(api(scene)),
      permissions: link(`${self}/permissions`),
      web: link(`/organizations/${workspace.username}/data_sources/${row.token}`),
      web_home: link(`/home/${workspace.username}/data_sources/${row.token}`),
    },
    ...forms(scene, () => ({
      edit: { method: 'patch', action: self, content_type: 'application/json', input: { data_source: tableInputs() } },
    })),
  };
}

function tableInputs(): Payload {
  const yesNo = (value: boolean): Payload => select([true, false], value);
  const columns = { name: text(), data_type: text(), is_nullable: yesNo(true), primary_key: yesNo(false) };
  return { 'tables[]': { name: text(), description: text(), schema: text(), 'columns[]': columns } };
}
