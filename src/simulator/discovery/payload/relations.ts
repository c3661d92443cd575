import { id, type Payload, type Scene } from '../../rest/payload/scene.ts';
import type { SimReport } from '../../world/rows.ts';

/** Discovery knows people by their address, where the REST service has their username. */
export function email(scene: Scene, username: string): string | null {
  return scene.world.memberByUsername.get(username)?.email ?? null;
}

export function emails(scene: Scene, usernames: readonly string[]): string[] {
  return usernames.flatMap((username) => email(scene, username) ?? []);
}

/** `space_id` and `space_token` of a report, or of what belongs to it. */
export function spaceOf(scene: Scene, report: SimReport | undefined): Payload {
  const space = report && scene.world.collectionByToken.get(report.collectionToken);
  return { space_id: space ? id(scene, space.id) : null, space_token: space?.token ?? null };
}

/** `report_id` and `report_token`. */
export function reportOf(scene: Scene, report: SimReport | undefined): Payload {
  return { report_id: report ? id(scene, report.id) : null, report_token: report?.token ?? null };
}
