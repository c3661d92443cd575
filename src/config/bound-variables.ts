/** How much one question may ask for. */
import type * as z from 'zod';
import { duration, variable, whole } from './kinds.ts';

export interface BoundConfig {
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  readonly operationTimeoutMs: number;
}

export const boundVariables = {
  DEFAULT_PAGE_SIZE: variable(whole(20, 1, 10_000), {
    about: 'Rows of a page when neither `first` nor `last` is given.',
    fallback: '`20`',
  }),
  MAX_PAGE_SIZE: variable(whole(100, 1, 10_000), {
    about: 'The most rows of a page; asking for more is an error.',
    fallback: '`100`',
  }),
  OPERATION_TIMEOUT: variable(duration('30s', 100), {
    about:
      'How long a question may take; what cannot be had by then is an error beside the rest. A caller may ask for less with `Prefer: wait=5`.',
    fallback: '`30s`',
  }),
};

type Values = z.output<z.ZodObject<typeof boundVariables>>;

export function boundConfig(values: Values): BoundConfig {
  return {
    defaultPageSize: values.DEFAULT_PAGE_SIZE,
    maxPageSize: values.MAX_PAGE_SIZE,
    operationTimeoutMs: values.OPERATION_TIMEOUT,
  };
}

export function boundProblems(values: Values | undefined): string[] {
  if (!values || values.DEFAULT_PAGE_SIZE <= values.MAX_PAGE_SIZE) return [];
  return ['DEFAULT_PAGE_SIZE must not be larger than MAX_PAGE_SIZE'];
}
