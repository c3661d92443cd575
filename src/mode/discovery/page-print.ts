/** How a page of a list is known again before it is parsed. */
import { createHash } from 'node:crypto';

/** What tells a page from another, apart from what its block of counters says: that changes whenever any page does. */
export interface PagePrint {
  /** Of all but the counters. */
  readonly digest: string;
  /** The block of counters, parsed and not checked. */
  readonly pagination: unknown;
}

const NAME = '"pagination"';
const BLOCK = /"pagination"\s*:\s*(\{[^{}]*\})/y;

/**
 * Undefined for a text in which the counters are not plain to see. Two texts of one digest that differ in their counters alone hold
 * the same rows: inside of a text of JSON's there can be no quotation mark without a backslash, so the name is that of a field.
 */
export function printOfPage(text: string): PagePrint | undefined {
  const start = text.indexOf(NAME);
  if (start < 0 || text.includes(NAME, start + 1)) return undefined;
  BLOCK.lastIndex = start;
  const found = BLOCK.exec(text);
  if (!found) return undefined;
  const hash = createHash('sha256').update(text.slice(0, start)).update('\0').update(text.slice(BLOCK.lastIndex));
  try {
    return { digest: hash.digest('base64'), pagination: JSON.parse(found[1] ?? '') as unknown };
  } catch {
    return undefined;
  }
}
