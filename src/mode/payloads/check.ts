import type * as z from 'zod';
import type { UpstreamSubject } from '../errors/upstream-error.ts';
import { UpstreamInvalidResponseError } from '../errors/upstream-invalid-response-error.ts';

/** Applies a payload's schema; what does not fit is one coded error naming the endpoint and the field. */
export function check<T extends z.ZodType>(schema: T, body: unknown, subject: UpstreamSubject): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw misfit(result.error.issues[0]?.path.join('.') ?? '', subject);
}

/** @param field where it is that something does not fit; '' for the whole */
export function misfit(field: string, subject: UpstreamSubject): UpstreamInvalidResponseError {
  return new UpstreamInvalidResponseError(subject, field ? `has an unexpected "${field}"` : 'is not an object', field);
}
