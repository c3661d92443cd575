import type * as z from 'zod';
import type { UpstreamSubject } from '../errors/upstream-error.ts';
import { UpstreamInvalidResponseError } from '../errors/upstream-invalid-response-error.ts';

/** Applies a payload's schema; what does not fit is one coded error naming the endpoint and the field. */
export function check<T extends z.ZodType>(schema: T, body: unknown, subject: UpstreamSubject): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new UpstreamInvalidResponseError(subject, field ? `has an unexpected "${field}"` : 'is not an object', field);
}
