import { id, type Payload, type Scene } from '../../rest/payload/scene.ts';
import type { SimMember } from '../../world/rows.ts';
import { DAY, TODAY } from '../../world/timeline.ts';
import { tokenFor } from '../../world/tokens.ts';
import type { MemberActivity } from '../member-activity.ts';

/** A membership. `id` and `token` are the membership's; the person's are `member_…`. */
export function memberRow(scene: Scene, row: SimMember, activity: MemberActivity | undefined): Payload {
  const until = row.bannedAt === null ? TODAY : Date.parse(row.bannedAt);
  const days = Math.max(0, Math.floor((until - Date.parse(row.activatedAt)) / DAY));
  return {
    id: id(scene, row.id + 1_000_000),
    token: tokenFor(row.token, 'membership'),
    state: row.state,
    member_email: row.email,
    member_token: row.token,
    member_username: row.username,
    banned_at: row.bannedAt,
    activated_at: row.activatedAt,
    last_report_created_at: activity?.reportCreatedAt ?? null,
    last_report_viewed_at: activity?.reportViewedAt ?? null,
    last_report_run_at: activity?.reportRunAt ?? null,
    // Some share of the days since then, always the same for the same person.
    total_days_engaged: Math.floor((days * Number.parseInt(row.token.slice(0, 2), 16)) / 255),
    last_exploration_created_at: activity?.explorationCreatedAt ?? null,
    last_exploration_updated_at: activity?.explorationUpdatedAt ?? null,
  };
}
