import type { Redact } from './redact.ts';

/** Causes below the first, at the most. */
const DEEPEST = 5;

const LONGEST_STACK = 8_000;

/** Where the message of a stack ends and its frames begin. */
const FRAMES = /\n\s+at /;

/**
 * What a message quotes is somebody's data: a value that does not fit, a text that is no JSON. Short names in single
 * quotes, such as of a property that is missing, are the code's own.
 */
const QUOTED = /"(?:[^"\\]|\\.)*(?:"|$)|`[^`]*(?:`|$)|'(?:[^'\\]|\\.){41,}(?:'|$)/gs;

export interface ErrorFields {
  readonly name: string;
  readonly code?: string;
  /** With the message, as stacks have it, but for what that quotes. */
  readonly stack: string;
  readonly cause?: ErrorFields;
}

/**
 * What is logged of an error: what it is called, where it came from and why. Nothing else that it carries, such as
 * the request of an HTTP client with its headers.
 */
export function errorFields(error: unknown, redact: Redact, depth = 0): ErrorFields {
  if (!(error instanceof Error)) {
    return { name: typeof error, stack: typeof error === 'string' ? told(error, redact) : '' };
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const hasCause = error.cause !== undefined && error.cause !== null && depth < DEEPEST;
  return {
    name: redact(error.name),
    ...(code !== undefined && { code: redact(code) }),
    stack: told(error.stack ?? error.message, redact),
    ...(hasCause && { cause: errorFields(error.cause, redact, depth + 1) }),
  };
}

function told(stack: string, redact: Redact): string {
  const end = FRAMES.exec(stack)?.index ?? stack.length;
  // Secrets before quotes: one with a quotation mark in it would no longer be known by its rest. And before the
  // cut: neither would half a secret.
  const text = redact(stack.slice(0, end)).replace(QUOTED, '"…"') + redact(stack.slice(end));
  return text.length <= LONGEST_STACK ? text : `${text.slice(0, LONGEST_STACK)}…`;
}
