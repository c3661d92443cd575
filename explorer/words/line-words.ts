import type { Explanation } from '../wire/explanation.ts';
import type { Upstream } from '../wire/upstream.ts';
import { calls, counted } from './counts.ts';
import { age, duration } from './durations.ts';

/** A bill, in the words of the line below its answer. */
export function billWords({ calls: made, waitedMs, snapshotAsOf }: Upstream, gatewayTime: number): string[] {
  return [
    calls(made),
    ...(waitedMs > 0 ? [`waited ${duration(waitedMs)}`] : []),
    ...(snapshotAsOf === null ? [] : [`oldest list ${age(gatewayTime - Date.parse(snapshotAsOf))}`]),
  ];
}

/** An estimate, in the words of the same line: nobody should take it for a bill. */
export function estimateWords(explanation: Explanation | undefined): string[] {
  if (!explanation) return ['explained: it cannot be asked'];
  const { estimatedCalls, guessed, refusal } = explanation;
  const estimate =
    estimatedCalls === 0 ? 'no call' : `${guessed ? 'about ' : ''}${counted(estimatedCalls, 'call')}, none made`;
  return [`explained: ${estimate}`, ...(refusal ? ['it would be refused'] : [])];
}
