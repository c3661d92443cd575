import type { Source } from '../loading/plan.ts';

/** Where a fact can come from: said once, on the field. The planner reads it there, and the description is made from it. */
export interface FactOptions {
  readonly description: string;
  readonly extensions: { readonly sources: readonly Source[] };
}

const SPOKEN: Readonly<Record<Source, string>> = {
  REST: 'REST',
  DISCOVERY: 'Discovery',
  STATS: 'Discovery (report statistics)',
};

/**
 * A fact that Mode has to be asked for.
 *
 * @param text what the fact is and its unit, in full sentences
 * @param sources any one of which supplies it
 */
export function fact(text: string, ...sources: readonly [Source, ...Source[]]): FactOptions {
  return {
    description: `${text}\n\nSource: ${sources.map((source) => SPOKEN[source]).join(' or ')}.`,
    extensions: { sources },
  };
}

/** Something that needs no fact of its own: a name that is known, or a list of other things. */
export function given(text: string): { readonly description: string } {
  return { description: text };
}
