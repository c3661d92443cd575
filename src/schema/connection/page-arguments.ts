import { BadUserInputError } from '../errors/bad-user-input-error.ts';

export interface PageLimits {
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
}

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** How many rows, from which end. */
export interface PageSize {
  readonly end: 'first' | 'last';
  readonly size: number;
}

/**
 * Reads `first` and `last`. Out of bounds is an error and never a silent clamp: a caller that got 100
 * rows for `first: 1000` would take them for all there are.
 */
export function readPageSize({ first, last }: PageArguments, limits: PageLimits): PageSize {
  if (first != null && last != null) {
    throw new BadUserInputError('first', 'Ask for "first" or "last" rows, not both at once.');
  }
  const end = last == null ? 'first' : 'last';
  const size = last ?? first ?? limits.defaultPageSize;
  if (size < 0) throw new BadUserInputError(end, `"${end}" must not be negative.`);
  if (size > limits.maxPageSize) {
    throw new BadUserInputError(
      end,
      `"${end}" may be at most ${limits.maxPageSize}, not ${size}. Ask for more with "${end === 'first' ? 'after' : 'before'}".`,
    );
  }
  return { end, size };
}
