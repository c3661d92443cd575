import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { CatalogRows } from '../catalog/catalog-lists.ts';
import type { DiscoveryListName } from '../mode/discovery-client.ts';
import type { BillKeeper, PlannedStep } from './bill.ts';
import type { DiscoveryAccess } from './discovery-access.ts';
import { choosePlan, couldBeShared, type Clause, type Offer, type Plan, type Source } from './plan.ts';
import { liveOnly, union, type Wanted } from './wanted.ts';

export interface PlanRequest {
  /** Names the step in the bill. */
  readonly what: string;
  /** How many parents or tokens are asked for. */
  readonly keys: number;
  readonly wanted: readonly Wanted[];
  /** Discovery's list of these things. */
  readonly list: DiscoveryListName;
  /** Whether Discovery's statistics say something of them too. */
  readonly stats?: boolean;
  /** Ways to have them from REST. */
  readonly rest: readonly Offer[];
}

/** A plan whose Discovery steps have been taken; what is left to do is REST's. */
export interface CarriedOut {
  /** REST is to supply every row, this way. */
  readonly rest: Offer | undefined;
  /** REST is to supply the rows that are shown. */
  readonly restOfPage: Offer | undefined;
  snapshot<Name extends DiscoveryListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined;
}

export interface Outlook {
  /** Calls the plan would take now. */
  readonly calls: number;
  /** Which API its first call would go to. */
  readonly source: Source;
  /** More keys could make it cheaper for all. */
  readonly gainsFromMore: boolean;
}

/** What a request would come to, were it carried out now. Reads nothing. */
export function lookAhead(request: PlanRequest, discovery: DiscoveryAccess): Outlook {
  const { clauses, offers, plan } = makePlan(request, discovery);
  return {
    calls: plan.calls,
    source: plan.steps.find((step) => step.calls > 0)?.source ?? 'REST',
    gainsFromMore: couldBeShared(clauses, offers),
  };
}

/**
 * Chooses a plan for a batch and reads the Discovery lists it calls for. A list that cannot be had is no
 * longer on offer, and the plan is chosen again without it; there are six lists, so this ends.
 *
 * @param demand the request as it would be, did it hold what other operations wait for too: what suits all of
 *   them is chosen, and each then finds the others' lists read
 */
export async function carryOut(
  request: PlanRequest,
  discovery: DiscoveryAccess,
  bill: BillKeeper,
  demand: PlanRequest = request,
): Promise<CarriedOut> {
  for (;;) {
    const { clauses, offers, plan } = makePlan(demand, discovery);
    if (await readLists(plan, clauses, offers, request, discovery)) {
      const own = [...discoveryOffers(request, discovery), ...request.rest];
      report(request, plan, own, discovery, bill);
      return outcomeOf(plan, request, discovery);
    }
  }
}

/** A plan that needed nothing but what is held. */
export interface HeldOut extends CarriedOut {
  /** For one key. */
  readonly steps: readonly PlannedStep[];
  /** When the lists that it used were read, in milliseconds since the epoch. */
  readonly asOf: readonly number[];
}

/**
 * The same where all of it is held: no call is made, and nothing has to be waited for. Undefined where it is not.
 */
export function carryOutHeld(request: PlanRequest, discovery: DiscoveryAccess): HeldOut | undefined {
  if (discovery.live) return undefined;
  const { plan } = makePlan(request, discovery);
  if (plan.unmet.length > 0 || plan.steps.some((step) => step.how !== 'snapshot')) return undefined;
  const lists = plan.steps.flatMap((step) => (step.source === 'REST' ? [] : [listOf(step, request)]));
  return {
    asOf: lists.flatMap((name) => discovery.use(name)?.asOf ?? []),
    ...outcomeOf(plan, request, discovery),
    steps: plan.steps.map(({ how, source }) => ({
      what: nameOf(source, request),
      how,
      source,
      keys: 1,
      calls: 0,
      batches: 1,
    })),
  };
}

function outcomeOf(plan: Plan, request: PlanRequest, discovery: DiscoveryAccess): CarriedOut {
  return {
    rest: plan.steps.find((step) => step.source === 'REST' && step.scope === 'all'),
    restOfPage: plan.steps.find((step) => step.source === 'REST' && step.scope === 'page'),
    snapshot: (name) => (uses(plan, request, name) ? discovery.held(name) : undefined),
  };
}

function nameOf(source: Source, request: PlanRequest): string {
  return source === 'STATS' ? 'stats' : request.what;
}

function makePlan(request: PlanRequest, discovery: DiscoveryAccess) {
  const wanted = union(request.wanted).clauses;
  const clauses = discovery.live ? liveOnly(wanted) : wanted;
  const offers = [...discoveryOffers(request, discovery), ...request.rest];
  return { clauses, offers, plan: choosePlan(clauses, offers) };
}

function discoveryOffers(request: PlanRequest, discovery: DiscoveryAccess): Offer[] {
  const offers = [discovery.offer('DISCOVERY', request.list)];
  if (request.stats) offers.push(discovery.offer('STATS', 'stats'));
  return offers.filter((offer) => offer !== undefined);
}

/** False when one could not be had. */
async function readLists(
  plan: Plan,
  clauses: readonly Clause[],
  offers: readonly Offer[],
  request: PlanRequest,
  discovery: DiscoveryAccess,
): Promise<boolean> {
  const reads = plan.steps
    .filter((step) => step.source !== 'REST')
    .map((step) => {
      const without = choosePlan(
        clauses,
        offers.filter((offer) => offer !== step),
      );
      // Worth any length when nothing else supplies these facts.
      const worth = without.unmet.length > plan.unmet.length ? Infinity : without.calls;
      return discovery.read(listOf(step, request), worth);
    });
  return (await Promise.all(reads)).every((snapshot) => snapshot !== undefined);
}

function listOf(step: Offer, request: PlanRequest): DiscoveryListName {
  return step.source === 'STATS' ? 'stats' : request.list;
}

function uses(plan: Plan, request: PlanRequest, name: DiscoveryListName): boolean {
  return plan.steps.some((step) => step.source !== 'REST' && listOf(step, request) === name);
}

function report(
  request: PlanRequest,
  plan: Plan,
  own: readonly Offer[],
  discovery: DiscoveryAccess,
  bill: BillKeeper,
): void {
  const { keys } = request;
  bill.planned(
    plan.steps.map((step) => {
      const isSame = (offer: Offer): boolean =>
        offer.source === step.source && offer.how === step.how && offer.scope === step.scope;
      return {
        what: nameOf(step.source, request),
        how: step.how,
        source: step.source,
        keys,
        // What costs by the key is billed for this batch's keys; a scan by what it was before it was made.
        calls: step.source === 'REST' ? (own.find(isSame)?.calls ?? step.calls) : step.calls,
        batches: step.how === 'scan' && step.calls === 0 ? 0 : 1,
      };
    }),
  );
  for (const step of plan.steps) {
    const asOf = step.source === 'REST' ? undefined : discovery.held(listOf(step, request))?.asOf;
    if (asOf !== undefined) bill.usedSnapshot(asOf);
  }
  if (plan.unmet.length > 0) {
    bill.noteDiscoveryMissing();
  }
}
