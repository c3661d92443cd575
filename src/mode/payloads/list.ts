import * as z from 'zod';

/**
 * `_embedded.{key}`. A list that has ended may leave out the key, or all of `_embedded` as HAL allows. What has
 * neither `_embedded` nor `_links` is no list at all, and must not pass for an empty one.
 */
export function embedded<T extends z.ZodType>(key: string, row: T): ReturnType<typeof make<T>> {
  const known = made.get(row) as ReturnType<typeof make<T>> | undefined;
  if (known) return known;
  const fresh = make(key, row);
  made.set(row, fresh);
  return fresh;
}

/** Made once for each kind of row, which is always under the same key: to make one costs more than to read a page. */
const made = new WeakMap<z.ZodType, unknown>();

function make<T extends z.ZodType>(key: string, row: T) {
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
