import { api, id, type Payload, type Scene } from '../../rest/payload/scene.ts';
import type { SimReport } from '../../world/rows.ts';
import { email, spaceOf } from './relations.ts';

/** A report or a dataset, which look the same here. Says the state of the last run, and not whether it is archived. */
export function reportRow(scene: Scene, row: SimReport): Payload {
  return {
    id: id(scene, row.id),
    token: row.token,
    name: row.name,
    description: row.description,
    created_at: row.createdAt,
    edited_at: row.editedAt,
    updated_at: row.updatedAt,
    last_successfully_run_at: row.lastSuccessfullyRunAt,
    last_viewed_at: row.lastViewedAt,
    last_run_at: row.lastRunAt,
    last_run_token: row.lastRunToken,
    last_run_state: row.lastRunState,
    creator_email: email(scene, row.creatorUsername),
    ...spaceOf(scene, row),
    report_url: api(scene, `/reports/${row.token}`),
  };
}
