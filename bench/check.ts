/**
 * A short run against the figures that are kept in the repository. Ratios only, each within one run, so that it is the
 * code which is judged and not the machine; and generous, for what else runs on it is not known. What looks slower is
 * looked at again: what slows down one side of a ratio for a few seconds is gone by then, a slower gateway is not.
 */
import { keptFigures } from './kept-figures.ts';
import { benchLists, type Compared, type ListsFigures } from './lists.ts';
import { round } from './table.ts';

/** Below this part of what is kept, something has become slower for sure. */
const CLEARLY_WORSE = 0.5;
const LOOKS = 3;

/** @throws when a share is clearly worse each time, or nothing is kept to compare it with */
export async function benchCheck(): Promise<object> {
  const { lists: kept } = await keptFigures();
  const looks: ListsFigures[] = [];
  let suspects: readonly string[] | undefined;
  let worse: readonly Finding[];
  do {
    const found = await benchLists({ rounds: 3, seconds: 1 }, suspects);
    looks.push(found);
    worse = found.lists.flatMap((now) => slower(now, kept?.lists ?? []));
    suspects = [...new Set(worse.map(({ name }) => name))];
  } while (worse.length > 0 && looks.length < LOOKS);
  if (worse.length > 0) {
    const told = worse.map(({ told }) => told).join('\n');
    throw new Error(`Slower than it was, as a share of a bare Yoga, ${LOOKS} times out of ${LOOKS}:\n${told}`);
  }
  return { looks };
}

interface Finding {
  readonly name: string;
  readonly told: string;
}

function slower({ name, shareAgain, shareAnew }: Compared, kept: readonly Compared[]): readonly Finding[] {
  const before = kept.find((each) => each.name === name);
  if (!before) return [{ name, told: `${name}: nothing is kept of it` }];
  return (
    [
      ['again', shareAgain, before.shareAgain],
      ['anew', shareAnew, before.shareAnew],
    ] as const
  ).flatMap(([how, now, then]) =>
    now < then * CLEARLY_WORSE
      ? [{ name, told: `${name}, asked ${how}: ${round(now * 100)} %, was ${round(then * 100)} %` }]
      : [],
  );
}
