import { at, textAt, type Tree } from '../support/tree.ts';

/** Asks the question of this name, of Mode and not of what is held already. Throws for an answer with errors. */
export type Go = (name: string, variables: Readonly<Record<string, Tree>>) => Promise<Tree>;

/** Has a client meet the whole workspace on every road, the last of them by the ids of all that it holds by then. */
export async function goAllRoads(go: Go, heldIds: () => readonly string[]): Promise<void> {
  await go('roadsDownQuery', {});
  await go('roadsDownOfRestQuery', {});
  for (let after: string | null = null; ;) {
    const page = await go('roadsUpQuery', { after });
    if (at(page, 'workspace.charts.pageInfo.hasNextPage') !== true) break;
    after = textAt(page, 'workspace.charts.pageInfo.endCursor');
  }
  await go('roadsAcrossQuery', {});
  const ids = heldIds();
  for (let from = 0; from < ids.length; from += 100) await go('roadsAgainQuery', { ids: ids.slice(from, from + 100) });
}
