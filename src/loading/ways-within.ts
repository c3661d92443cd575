/** Ways to REST for lists below more than one parent, of which REST has none: it takes a call for every parent. */
import { sum, type Foresight } from './foresight.ts';
import type { Keys, RestWay, Taken } from './rest-way.ts';
import { restWalkCalls } from './rest-costs.ts';
import { nameOf, type Thing } from './things.ts';

/** Reads what is below a report. Returns the calls. */
type Below = (report: string, at: Foresight) => number;

type Walk = Pick<RestWay, 'calls' | 'isUncounted' | 'take'>;

/** @param eachReport calls below each report, as the loader reckons them */
export function walkWithin(
  parent: 'workspace' | 'collection' | 'report',
  eachReport: number,
  below: Below,
): (keys: Keys, wanted: unknown, at: Foresight) => RestWay[] {
  const walk = { report: belowReports, collection: belowCollections, workspace: belowEverything }[parent];
  return (keys, _, at) => [
    { source: 'REST', how: 'walk', scope: 'all', perKey: true, ...walk(keys, eachReport, below, at) },
  ];
}

function belowReports(keys: Keys, eachReport: number, below: Below, at: Foresight): Walk {
  return {
    calls: keys.count * eachReport,
    take: () => ({
      calls: sum(keys.known.map((thing) => below(nameOf(thing), at))) + keys.takeOthers() * eachReport,
      isGuess: keys.isGuess || keys.others > 0 || at.view.hint('queries') === undefined,
    }),
  };
}

function belowCollections(keys: Keys, eachReport: number, below: Below, at: Foresight): Walk {
  const { view, reportsEach } = at;
  const reports = view.hint('reports');
  const average = Math.ceil(reportsEach.each);
  const each = (size: number): number => restWalkCalls(size) + size * eachReport;
  const known = keys.known.map((thing) => reports?.byParent.get(nameOf(thing))?.length ?? 30);
  const read = (thing: Thing): number => {
    const name = nameOf(thing);
    const walked = at.walkReports(name);
    if (!reports) return walked + at.reads.once(`below ${name}, ${eachReport}`, average * eachReport);
    return walked + sum((reports.byParent.get(name) ?? []).map(({ token }) => below(token, at)));
  };
  return {
    calls: sum(known.map(each)) + keys.others * each(average),
    take: () => ({
      calls: sum(keys.known.map(read)) + keys.takeOthers() * each(average),
      isGuess: keys.isGuess || !reports || (keys.others > 0 && reportsEach.isGuess),
    }),
  };
}

function belowEverything(_: Keys, eachReport: number, below: Below, at: Foresight): Walk {
  const reports = at.view.hint('reports');
  const inAll = at.reportsInAll * eachReport;
  const readAll = (): number =>
    reports ? sum(reports.rows.map(({ token }) => below(token, at))) : at.reads.once(`below all, ${eachReport}`, inAll);
  return {
    calls: at.everyReport + inAll,
    isUncounted: !reports,
    take: (): Taken => ({ calls: at.walkEverything() + readAll(), isGuess: !reports }),
  };
}
