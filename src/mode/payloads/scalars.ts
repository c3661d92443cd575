/**
 * The scalars of Mode's payloads as they are really sent. Mode's own specification declares many of
 * them wrongly, so each is read by what recorded payloads hold.
 */
import { decodeHTML } from 'entities';
import * as z from 'zod';

/** Absent and null are one thing to us: not supplied. */
function nullable<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null);
}

/** Tokens become path segments of later calls: anything else in one would let a payload steer our requests. */
export const token = z.string().regex(/^[\w-]{1,64}$/);

/** Numeric ids were JSON numbers until late 2024 and are strings since; some exceed 32 bits. */
const id = z.union([z.string(), z.number()]).transform(String);

/** Counts are numbers, though the specification calls them strings. */
const count = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?( ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?$/;

/**
 * ISO 8601 in any of its ways, made one: UTC with milliseconds, because orders and cursors compare the
 * text. What names no zone is UTC, not the zone of the machine we happen to run on.
 */
const time = z
  .string()
  .regex(TIME)
  .transform((text) => new Date(text.length > 10 && !TIME.exec(text)?.[1] ? `${text}Z` : text))
  .refine((date) => !Number.isNaN(date.getTime()), 'is not a time')
  .transform((date) => date.toISOString());

export const maybeToken = nullable(z.union([token, z.literal('').transform(() => null)]));
export const maybeId = nullable(id);
export const maybeText = nullable(z.string());
export const maybeFlag = nullable(z.boolean());
export const maybeCount = nullable(count);
export const maybeNumber = nullable(
  z.union([
    z.number(),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
  ]),
);
export const maybeTime = nullable(z.union([time, z.literal('').transform(() => null)]));
export const maybeJson = nullable(z.unknown());

/** Titles arrive entity-encoded (`Revenue &amp; margin`), and empty when there is none. */
export const maybeTitle = nullable(z.string()).transform((text) => (text ? decodeHTML(text) : null));
