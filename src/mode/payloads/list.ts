import * as z from 'zod';

/**
 * `_embedded.{key}`. A list that has ended may leave out the key, or all of `_embedded` as HAL allows. What has
 * neither `_embedded` nor `_links` is no list at all, and must not pass for an empty one.
 */
export function embedded<T extends z.ZodType>(key: string, row: T) {
  return z
    .object({
      _embedded: z.object({ [key]: z.array(row).nullish() }).optional(),
      _links: z.record(z.string(), z.unknown()).nullish(),
      pagination: z
        .object({ total_pages: z.coerce.number().int().nonnegative().nullish() })
        .nullish()
        .transform((block) => block?.total_pages ?? null),
    })
    .refine((list) => list._embedded ?? list._links, { path: ['_embedded'] })
    .transform((list) => ({
      rows: list._embedded?.[key] ?? [],
      totalPages: list.pagination,
    }));
}
