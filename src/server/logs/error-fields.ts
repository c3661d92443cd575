import type { Redact } from './redact.ts';

/** Causes below the first, at the most. */
const DEEPEST = 5;

const LONGEST_STACK = 8_000;

export interface ErrorFields {
  readonly name: string;
  readonly code?: string;
  /** With the message, as stacks have it. */
  readonly stack: string;
  readonly cause?: ErrorFields;
}

/**
 * What is logged of an error: what it is called, where it came from and why. Nothing else that it carries, such as
 * the request of an HTTP client with its headers.
 */
export function errorFields(error: unknown, redact: Redact, depth = 0): ErrorFields {
  // Before it is cut: half a secret would not be known for one.
  const text = (whole: string): string => cut(redact(whole));
  if (!(error instanceof Error)) return { name: typeof error, stack: typeof error === 'string' ? text(error) : '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const hasCause = error.cause !== undefined && error.cause !== null && depth < DEEPEST;
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    stack: text(error.stack ?? error.message),
    ...(hasCause && { cause: errorFields(error.cause, redact, depth + 1) }),
  };
}

function cut(text: string): string {
  return text.length <= LONGEST_STACK ? text : `${text.slice(0, LONGEST_STACK)}…`;
}
