import type { Lane } from './lane.ts';

/**
 * The operations that wait for the same calls. Such a call stands in the lane of each and goes with the
 * first of them whose turn it is: else who joins somebody else's thousand reads would wait behind them all.
 */
export class Party {
  readonly #isPatient: boolean;
  readonly #lanes = new Map<Lane, number>();
  readonly #followers = new Set<PartyFollower>();

  /** @param isPatient waits however long it takes, whatever the deadlines of those who have joined. @default false */
  constructor(isPatient = false) {
    this.#isPatient = isPatient;
  }

  get lanes(): Iterable<Lane> {
    return this.#lanes.keys();
  }

  /** The latest moment at which one of them still has use for the answer; -Infinity when all have left. */
  get deadline(): number {
    if (this.#isPatient) return Infinity;
    return Math.max(...[...this.#lanes.keys()].map((lane) => lane.deadline));
  }

  join(lane: Lane): void {
    const times = this.#lanes.get(lane) ?? 0;
    this.#lanes.set(lane, times + 1);
    if (times === 0) for (const follower of this.#followers) follower.joined(lane);
  }

  leave(lane: Lane): void {
    const times = this.#lanes.get(lane) ?? 0;
    if (times > 1) {
      this.#lanes.set(lane, times - 1);
      return;
    }
    this.#lanes.delete(lane);
    for (const follower of this.#followers) follower.left(lane);
  }

  /** Told of who joins and leaves from now on, until it unfollows. */
  follow(follower: PartyFollower): void {
    this.#followers.add(follower);
  }

  unfollow(follower: PartyFollower): void {
    this.#followers.delete(follower);
  }
}

export interface PartyFollower {
  joined(lane: Lane): void;
  left(lane: Lane): void;
}

export function partyOf(...lanes: readonly Lane[]): Party {
  const party = new Party();
  for (const lane of lanes) party.join(lane);
  return party;
}
