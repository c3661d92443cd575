import * as z from 'zod';

/** Raise it whenever what lies in Redis changes shape: what has another number is as if it were not there. */
const FORMAT = 1;

/** Bytes of one list in Redis, compressed. The 300,000 queries of a workspace of 100,000 reports take about 30 MB of them. */
export const MOST_BYTES = 268_435_456;
export const MOST_PIECES = 65_536;

const header = z.strictObject({
  format: z.literal(FORMAT),
  /** Names the version: under which its pieces lie. */
  id: z.uuid(),
  /** When the list was read, in milliseconds since the epoch. */
  asOf: z.number(),
  /** When it was read first that way: its pieces were written then, and have been found to be right since. */
  writtenAsOf: z.number(),
  /** Calls it took. */
  pages: z.number().int().positive(),
  pieces: z.number().int().positive().max(MOST_PIECES),
  /** Of all pieces, compressed. */
  bytes: z.number().int().positive().max(MOST_BYTES),
});

/** What Redis holds of a list: where its pieces are, and how old it is. */
export type SharedHeader = Omit<z.output<typeof header>, 'format'>;

export function printHeader(facts: SharedHeader): string {
  return JSON.stringify({ format: FORMAT, ...facts });
}

/** Undefined for whatever is none of ours: another version's, or garbage. */
export function readHeader(text: string | null): SharedHeader | undefined {
  if (text === null) return undefined;
  try {
    const { success, data } = header.safeParse(JSON.parse(text));
    if (!success) return undefined;
    const { id, asOf, writtenAsOf, pages, pieces, bytes } = data;
    return { id, asOf, writtenAsOf, pages, pieces, bytes };
  } catch {
    return undefined;
  }
}
