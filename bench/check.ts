/**
 * A short run against the figures that are kept in the repository. Ratios only, each within one run, so that it is the
 * code which is judged and not the machine; and generous, for what else runs on it is not known.
 */
import { keptFigures } from './kept-figures.ts';
import { benchLists } from './lists.ts';
import { round } from './table.ts';

/** Below this part of what is kept, something has become slower for sure. */
const CLEARLY_WORSE = 0.5;

/** @throws when a share is clearly worse, or nothing is kept to compare it with */
export async function benchCheck(): Promise<object> {
  const { lists: kept } = await keptFigures();
  const found = await benchLists({ rounds: 3, seconds: 1 });
  const worse = found.lists.flatMap(({ name, shareAgain, shareAnew }) => {
    const before = kept?.lists.find((each) => each.name === name);
    if (!before) return [`${name}: nothing is kept of it`];
    return (
      [
        ['again', shareAgain, before.shareAgain],
        ['anew', shareAnew, before.shareAnew],
      ] as const
    ).flatMap(([how, now, then]) =>
      now < then * CLEARLY_WORSE ? [`${name}, asked ${how}: ${round(now * 100)} %, was ${round(then * 100)} %`] : [],
    );
  });
  if (worse.length > 0) throw new Error(`Slower than it was, as a share of a bare Yoga:\n${worse.join('\n')}`);
  return found;
}
