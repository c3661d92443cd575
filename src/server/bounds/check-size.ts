import { OperationTooCostlyError } from '../../throttle/operation-too-costly-error.ts';
import type { DocumentSize } from './measure-document.ts';

export type SizeLimits = DocumentSize;

interface Wording {
  /** Follows a number of them. */
  readonly unit: string;
  readonly remedy: string;
}

const WORDING: Readonly<Record<keyof DocumentSize, Wording>> = {
  depth: { unit: 'levels of fields', remedy: 'Ask for what lies deeper by its id, in a request of its own.' },
  fields: {
    unit: 'fields, those of a fragment counted wherever it is spread',
    remedy: 'Spread fragments in fewer places, or ask in several requests.',
  },
  rootFields: {
    unit: 'fields at the top',
    remedy: 'Ask for many things at once with "nodes(ids:)" or "reports(tokens:)", or in several requests.',
  },
  aliases: {
    unit: 'aliases, those of a fragment counted wherever it is spread',
    remedy: 'Ask for many things at once with "nodes(ids:)" or "reports(tokens:)", or in several requests.',
  },
  directives: { unit: 'directives', remedy: 'Put what belongs together under one of them.' },
};

/** Depth before fields: of two that are exceeded, what is deep is often wide on account of it. */
const ORDER: readonly (keyof DocumentSize)[] = ['depth', 'rootFields', 'aliases', 'directives', 'fields'];

/** What a document has too much of, first of all; undefined when it fits. */
export function excess(size: DocumentSize, limits: SizeLimits): OperationTooCostlyError | undefined {
  const bound = ORDER.find((each) => size[each] > limits[each]);
  if (bound === undefined) return undefined;
  const { unit, remedy } = WORDING[bound];
  // JSON has no infinity, which fragments that double a thousand times come to.
  const found = Math.min(size[bound], Number.MAX_SAFE_INTEGER);
  const message = `The operation has ${found} ${unit}, and one may have ${limits[bound]}. ${remedy}`;
  return new OperationTooCostlyError(bound, limits[bound], found, message);
}
