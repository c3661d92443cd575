import * as z from 'zod';

/**
 * `_embedded.{key}`; the key is absent when a list has ended, as one of the two shapes of an empty page.
 * Without `_embedded` it is no list at all, and must not pass for an empty one.
 */
export function embedded<T extends z.ZodType>(key: string, row: T) {
  return z.object({
    _embedded: z.object({ [key]: z.array(row).nullish() }).transform((lists) => (lists[key] ?? []) as z.output<T>[]),
    pagination: z
      .object({ total_pages: z.coerce.number().int().nonnegative().nullish() })
      .nullish()
      .transform((block) => block?.total_pages ?? null),
  });
}
