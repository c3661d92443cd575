import type { Upstream } from './asking/answer.ts';
import { ageInWords, counted } from './words.ts';

/** What an answer cost, and how old it is, on one line. */
export function printBill({ calls, waitedMs, snapshotAsOf }: Upstream, now: number): string {
  const { rest, discovery } = calls;
  const split = rest > 0 && discovery > 0 ? ` (${rest} to REST, ${discovery} to Discovery)` : '';
  const age =
    snapshotAsOf === null
      ? 'nothing from the catalog'
      : `oldest list of the catalog read ${ageInWords(now - Date.parse(snapshotAsOf))} ago`;
  return `${counted(rest + discovery, 'call')} to Mode${split}, waited ${(waitedMs / 1_000).toFixed(1)} s, ${age}.`;
}
