import { World } from './world.ts';

/**
 * A world that stays as it is while the original changes. Deleted rows and what they held are left out. Rows are
 * copied; of the lists inside them those that Discovery tells are copied too, and the others are shared.
 */
export function copyWorld(world: World): World {
  const { deleted } = world;
  const live = <T extends { token: string }>(rows: readonly T[]): T[] =>
    rows
      .filter(({ token }) => deleted.size === 0 || !(deleted.has(token) || world.isOrphan(token)))
      .map((row) => ({ ...row }));
  return new World({
    workspace: { ...world.workspace },
    members: live(world.members),
    collections: live(world.collections),
    dataSources: live(world.dataSources),
    reports: live(world.reports).map((row) =>
      Object.assign(row, {
        editorUsernames: [...row.editorUsernames],
        runnerUsernames: [...row.runnerUsernames],
        schedulerUsernames: [...row.schedulerUsernames],
      }),
    ),
    queries: live(world.queries),
    charts: live(world.charts),
  });
}
