import { NO_NEWS, type Message } from '../../src/throttle/shared/contact.ts';

export const LIMIT = 40;

/** A replica as Redis sees it: its messages, and what it goes by should it be cut off. */
export interface Known {
  readonly id: string;
  shares: number;
  epoch: string;
  version: number;
}

export function messageOf({ id, shares, epoch, version }: Known, more: Partial<Message> = {}): Message {
  return {
    id,
    notAfter: Date.now() + 10_000,
    nonce: `${id}:${Math.random()}`,
    epoch,
    version,
    known: [],
    ack: shares,
    windows: [[LIMIT, 30, 1]],
    lease: 0,
    transit: 0,
    silent: 100_000,
    expiry: 1_000_000,
    grace: 0,
    ...NO_NEWS,
    leave: false,
    ...more,
  };
}

export function newcomer(id: string): Known {
  return { id, shares: 0, epoch: '', version: 0 };
}
