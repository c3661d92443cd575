import type { Caller, Lane } from '../../src/throttle/lane.ts';
import { Throttle, type Claim, type Permit, type ThrottleOptions } from '../../src/throttle/throttle.ts';

interface Wait {
  readonly claim: Claim;
  /** The one lane it stood in all the time; undefined when it ever stood in more, whose turns cannot be told apart. */
  lane: Lane | undefined;
  readonly isPersons: boolean;
  /** Calls that went meanwhile: those that may have gone with this lane's turns, and the others. */
  own: number;
  others: number;
  /** Everybody who waited at some time while it did. */
  readonly met: Set<Lane>;
}

export interface Watch {
  now(): number;
  /** Whether an operation was given up, so that nothing may be begun for it alone. */
  isGone(caller: Caller): boolean;
  onBroken(rule: string): void;
}

/**
 * The real throttle, and a judge who writes down who went while each call waited.
 *
 * Fairness: while a call waits, and `turns` is the number of turns its lane is given, itself among them, each other
 * lane of its caller gets no more than `turns`, and each other caller no more than its weight gives it for all of
 * these, and one. Calls that were under way when it came are not before it, but may be counted so.
 */
export class WatchedThrottle extends Throttle {
  readonly #watch: Watch;
  readonly #concurrency: number;
  readonly #waiting = new Set<Wait>();

  constructor(options: ThrottleOptions, watch: Watch) {
    super(options);
    this.#watch = watch;
    this.#concurrency = options.concurrency;
  }

  override acquire(claim: Claim = {}): Promise<Permit> {
    const lanes = [...(claim.party?.lanes ?? [])];
    const wait: Wait = {
      claim,
      lane: lanes.length === 1 ? lanes[0] : undefined,
      isPersons: (claim.priority?.() ?? 'person') === 'person',
      own: 0,
      others: 0,
      met: new Set(),
    };
    this.#waiting.add(wait);
    this.#look();
    const granted = this.enqueue(claim);
    granted.then(
      () => this.#goes(wait),
      () => this.#waiting.delete(wait),
    );
    return granted;
  }

  /** What the real throttle does; for broken ones to break. */
  protected enqueue(claim: Claim): Promise<Permit> {
    return super.acquire(claim);
  }

  /** Writes down who waits now. */
  #look(): void {
    const lanes = new Set([...this.#waiting].flatMap(({ claim }) => [...(claim.party?.lanes ?? [])]));
    for (const wait of this.#waiting) {
      if (!wait.lane) continue;
      for (const lane of lanes) wait.met.add(lane);
      const own = [...(wait.claim.party?.lanes ?? [])];
      if (own.length !== 1 || own[0] !== wait.lane) wait.lane = undefined;
    }
  }

  #goes(wait: Wait): void {
    this.#look();
    this.#waiting.delete(wait);
    const lanes = [...(wait.claim.party?.lanes ?? [])];
    const isGone = lanes.length > 0 && lanes.every((lane) => this.#watch.isGone(lane.caller));
    if (isGone || (wait.claim.party?.deadline ?? Infinity) < this.#watch.now()) {
      this.#watch.onBroken('a call was let go for operations that were all gone');
    }
    const isPersons = (wait.claim.priority?.() ?? 'person') === 'person';
    for (const other of this.#waiting) {
      if (other.lane && lanes.includes(other.lane)) other.own++;
      else if (isPersons) other.others++;
    }
    const most = mostOthers(wait) + this.#concurrency;
    if (wait.lane && wait.isPersons && wait.others > most) {
      this.#watch.onBroken(`a call waited for ${wait.others} of others, and for ${wait.own} of its own operation`);
    }
  }
}

/** Calls of others that may go before this one did. */
function mostOthers({ lane, met, own }: Wait): number {
  if (!lane) return Infinity;
  const siblings = [...met].filter((other) => other.caller.name === lane.caller.name && other !== lane).length;
  const turns = (own + 1) * (siblings + 1);
  const weights = new Map([...met].map(({ caller }) => [caller.name, caller.weight]));
  weights.delete(lane.caller.name);
  const foreign = [...weights.values()].map((weight) => Math.ceil((turns * weight) / lane.caller.weight) + 1);
  return (own + 1) * siblings + foreign.reduce((sum, each) => sum + each, 0);
}
