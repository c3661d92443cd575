import * as z from 'zod';

/** `_embedded.{key}`; absent when a list has ended, as one of the two shapes of an empty page. */
export function embedded<T extends z.ZodType>(key: string, row: T) {
  return z.object({
    _embedded: z
      .object({ [key]: z.array(row).nullish() })
      .nullish()
      .transform((lists) => (lists?.[key] ?? []) as z.output<T>[]),
    pagination: z
      .object({ total_pages: z.coerce.number().int().nonnegative().nullish() })
      .nullish()
      .transform((block) => block?.total_pages ?? null),
  });
}
