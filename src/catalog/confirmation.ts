/**
 * That a stored list was read again and found as it was. A small file beside the list's, so that three hundred megabytes need not be
 * written for a date. It names the list's file by its SHA-256: of any other file it says nothing, whichever of the two was written
 * last, and one that is not whole says nothing at all. Without it the list is as true as before, only older.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ListFacts } from './list-snapshot.ts';

const MAGIC = 'mode-graphql confirmation';
const VERSION = 1;

const confirmation = z.strictObject({
  magic: z.literal(MAGIC),
  version: z.literal(VERSION),
  of: z.string(),
  asOf: z.number(),
  pages: z.number().int().positive(),
});
const sealed = z.strictObject({ said: z.string(), sha256: z.string() });

/** @param of the SHA-256 that the list's file ends with */
export function textOfConfirmation(of: string, { asOf, pages }: ListFacts): string {
  const said = JSON.stringify({ magic: MAGIC, version: VERSION, of, asOf, pages });
  return `${JSON.stringify({ said, sha256: digestOf(said) })}\n`;
}

/** When the list was last found as it is; undefined for a confirmation of another file, and for what is none. */
export function readConfirmation(text: string, of: string): ListFacts | undefined {
  const seal = sealed.safeParse(parsed(text));
  if (!seal.success || digestOf(seal.data.said) !== seal.data.sha256) return undefined;
  const read = confirmation.safeParse(parsed(seal.data.said));
  if (!read.success) return undefined;
  const { asOf, pages } = read.data;
  // Of another file, or written in another way.
  return text === textOfConfirmation(of, { asOf, pages }) ? { asOf, pages } : undefined;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
