/**
 * The plan: which sources to ask for a set of facts, so that the fewest calls are made. Pure; what is
 * known and what each way would cost is passed in.
 */

/**
 * Where a fact of a thing can come from. `REST` is a live read of the thing or of a list it stands in;
 * `DISCOVERY` is Discovery's list of such things; `STATS` is Discovery's statistics of reports.
 */
export type Source = 'REST' | 'DISCOVERY' | 'STATS';

/** Facts needed of every row, to choose and order them, or only of the rows that are shown. */
export type Scope = 'all' | 'page';

/** One fact wanted, as the sources any one of which will do. */
export interface Clause {
  readonly anyOf: readonly Source[];
  readonly scope: Scope;
}

/** How a source would be asked. */
export type How = 'snapshot' | 'scan' | 'walk' | 'read';

/** One way to get a source's facts. */
export interface Offer {
  readonly source: Source;
  readonly how: How;
  /** Which rows it supplies: an offer for all of them serves those shown too. */
  readonly scope: Scope;
  /** Calls to Mode, as far as is known. */
  readonly calls: number;
  /** Each further key costs more calls; what has no such offer costs the same however many keys there are. @default false */
  readonly perKey?: boolean;
}

export interface Plan {
  readonly steps: readonly Offer[];
  readonly calls: number;
  /** Facts that nothing on offer supplies; they will be null. */
  readonly unmet: readonly Clause[];
}

/** What each way leaves behind for other questions; settles ties. */
const LEAVES: Readonly<Record<How, number>> = { snapshot: 3, scan: 2, walk: 1, read: 0 };

/**
 * The cheapest set of offers that supplies every fact that can be supplied. Offers are few (a handful),
 * so all their subsets are weighed. On a tie the set with fewer steps, then the one that leaves more
 * behind.
 */
export function choosePlan(wanted: readonly Clause[], offers: readonly Offer[]): Plan {
  const met = wanted.filter((clause) => offers.some((offer) => supplies(offer, clause)));
  const unmet = wanted.filter((clause) => !met.includes(clause));
  let best: Plan | undefined;
  for (let subset = 0; subset < 2 ** offers.length; subset++) {
    const steps = offers.filter((_, index) => (subset >> index) % 2 === 1);
    if (!met.every((clause) => steps.some((step) => supplies(step, clause)))) continue;
    const plan = { steps, calls: steps.reduce((sum, step) => sum + step.calls, 0), unmet };
    if (!best || isBetter(plan, best)) best = plan;
  }
  return best ?? { steps: [], calls: 0, unmet };
}

/**
 * Whether more keys could make another plan the cheaper one for all of them: the best now costs by the key,
 * and there is one that does not. Worth waiting for keys that are on their way; else nothing is gained by it.
 */
export function couldBeShared(wanted: readonly Clause[], offers: readonly Offer[]): boolean {
  const best = choosePlan(wanted, offers);
  if (!best.steps.some((step) => step.perKey)) return false;
  const shared = choosePlan(
    wanted,
    offers.filter((offer) => !offer.perKey),
  );
  return shared.unmet.length === best.unmet.length;
}

export function supplies(offer: Offer, clause: Clause): boolean {
  return clause.anyOf.includes(offer.source) && (offer.scope === 'all' || clause.scope === 'page');
}

function isBetter(plan: Plan, than: Plan): boolean {
  if (plan.calls !== than.calls) return plan.calls < than.calls;
  if (plan.steps.length !== than.steps.length) return plan.steps.length < than.steps.length;
  return leaves(plan) > leaves(than);
}

function leaves(plan: Plan): number {
  // REST's lists are complete; Discovery's leave out personal collections.
  return plan.steps.reduce((sum, step) => sum + LEAVES[step.how] + (step.source === 'REST' ? 0.5 : 0), 0);
}
