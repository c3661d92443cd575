import type { UpstreamApi } from '../mode/errors/upstream-error.ts';

/** Where a fact can come from: said once, on the field; its description is made from it. */
export interface FactOptions {
  readonly description: string;
  readonly extensions: { readonly sources: readonly UpstreamApi[] };
}

const SPOKEN = { REST: 'REST', DISCOVERY: 'Discovery' } as const;

/** @param text what the fact is and its unit, in full sentences */
export function fact(text: string, ...sources: readonly UpstreamApi[]): FactOptions {
  const known = sources.length === 0 ? (['REST'] as const) : sources;
  return {
    description: `${text}\n\nSource: ${known.map((source) => SPOKEN[source]).join(', ')}.`,
    extensions: { sources: known },
  };
}
