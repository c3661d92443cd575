/** Kinds of values that variables hold, each with the complaint that its misuse gets. A complaint never holds the value. */
import * as z from 'zod';
import { parseRateWindows, type RateWindow } from '../throttle/rate-window.ts';

/** What the documentation says of a variable, kept with its schema so that neither drifts from the other. */
export interface About {
  /** What it does, in Markdown. */
  readonly about: string;
  /** What it is when it is not set, in Markdown. */
  readonly fallback: string;
  /** It must never be shown. */
  readonly secret?: boolean;
}

/** A variable: how its text is read, and what is to be said of it. */
export function variable<Schema extends z.ZodType>(schema: Schema, about: About): Schema {
  return schema.meta({ ...about });
}

/** What was said of a variable. */
export function aboutOf(schema: z.ZodType): About {
  const { about, fallback, secret } = schema.meta() ?? {};
  if (typeof about !== 'string' || typeof fallback !== 'string') throw new Error('a variable without a description');
  return { about, fallback, secret: secret === true };
}

const ORIGIN = /^https?:\/\/[^/?#@\s]+\/*$/i;

/** An address without a path, a query or a user: paths are ours to add, and secrets have variables of their own. */
export const origin = (fallback: string) =>
  z
    .string()
    .superRefine((url, context) => {
      if (ORIGIN.test(url) && URL.canParse(url)) return;
      context.addIssue({ code: 'custom', message: `must be ${originComplaint(url)}` });
    })
    .default(fallback)
    .transform((url) => url.replace(/\/+$/, ''));

function originComplaint(url: string): string {
  if (!/^https?:\/\//i.test(url)) return 'a web address that begins with https://, such as https://app.mode.com';
  if (!URL.canParse(url)) return 'a web address such as https://app.mode.com';
  return 'an origin alone, without a path, a query or a user: https://app.mode.com, and nothing behind it';
}

/** A key, copied from where it was made: refuses what is easily copied along with it and makes it another one. */
export const copied = (schema: z.ZodString) =>
  schema.superRefine((text, context) => {
    const complaint = copyComplaint(text);
    if (complaint !== undefined) context.addIssue({ code: 'custom', message: `must be the value alone, ${complaint}` });
  });

function copyComplaint(text: string): string | undefined {
  if (text !== text.trim()) return 'without blanks or line breaks around it';
  if (!/^(["'`]).*\1$/s.test(text)) return undefined;
  return 'without quotation marks around it (Docker takes those in an env file for part of it)';
}

const DURATION_UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds. */
export const duration = (fallback: string, atLeastMs: number) =>
  z
    .string()
    .regex(/^\d{1,9}(ms|s|m|h|d)$/, 'must be a duration such as 500ms, 30s or 15m')
    .default(fallback)
    .transform((text) => Number.parseInt(text, 10) * (DURATION_UNITS_MS[text.replace(/^\d+/, '')] ?? 1))
    // Timers end at 24 days.
    .refine((ms) => ms >= atLeastMs && ms <= 20 * 86_400_000, `must be from ${atLeastMs}ms to 20d`);

const SIZE_UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1_024, MB: 1_048_576 };

/** Bytes. */
export const size = (fallback: string, atLeast: number, atMost: number) =>
  z
    .string()
    .regex(/^\d{1,7}(B|KB|MB)$/, 'must be a size such as 500B, 100KB or 1MB')
    .default(fallback)
    .transform((text) => Number.parseInt(text, 10) * (SIZE_UNITS[text.replace(/^\d+/, '')] ?? 1))
    .refine((bytes) => bytes >= atLeast && bytes <= atMost, `must be from ${atLeast}B to ${atMost / 1_048_576}MB`);

export const whole = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
    .default(fallback)
    .catch(() => Number.NaN)
    .refine((value) => !Number.isNaN(value), `must be a whole number from ${min} to ${max}`);

/** The same, where not to say it means something of its own. */
export const wholeIfGiven = (min: number, max: number) =>
  z
    .string()
    .transform((text) => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN))
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)
    .optional();

export const oneOf = <const Values extends readonly [string, string, ...string[]]>(
  values: Values,
  fallback: Values[number],
) => {
  const told = `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
  return z.enum(values, { error: `must be ${told}` }).default(fallback as never);
};

/** `on` or `off`. */
export const flag = (fallback: 'on' | 'off') => oneOf(['on', 'off'], fallback).transform((value) => value === 'on');

/** Comma-separated; blanks around the parts and empty parts do not count. */
export const list = () =>
  z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ''));

export const required = (remedy: string) => z.string({ error: `is missing: ${remedy}` });

/** Windows such as `40/10s,200/60s`; `otherwise` begins the complaint where another word is allowed. */
export function readRateWindows(text: string, context: z.RefinementCtx, otherwise = ''): RateWindow[] {
  try {
    return parseRateWindows(text);
  } catch {
    const message = `must be ${otherwise}calls per time, such as 40/10s or 40/10s,200/60s`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
}

/** A text that may be encoded as in a URL. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
