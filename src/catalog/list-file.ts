/**
 * The format of a stored list: a line of JSON that says what it is; blocks of rows, each of which is a line that says how long its
 * sections are and what their SHA-256 is, and the sections; and a line with the number of rows and the SHA-256 of all lines before
 * it. So nothing is looked at before it is known to be what was written, and nothing is missing in the end.
 *
 * Written and read in pieces of about a megabyte: as one text, a large list would hold up everything for seconds, and no text of
 * JavaScript's may be longer than half a gigabyte.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Slices } from '../mode/slices.ts';
import { ByteReader } from './byte-reader.ts';

/** Raise it whenever a record changes shape: files of another version are set aside and read anew. */
const VERSION = 3;
const MAGIC = 'mode-graphql catalog';

/** Bytes that are put together before they are written. */
const PIECE = 1_048_576;

/** Longer than any line of ours. */
const LONGEST_LINE = 65_536;

/** More than any block of ours takes: no memory is given on the word of a damaged line. */
const LONGEST_SECTION = 128 * PIECE;

const length = z.number().int().nonnegative().max(LONGEST_SECTION);
/** Rows of a block, of which ours have 1,000 at the most. */
const count = z.number().int().nonnegative().max(10_000);
const header = z.strictObject({
  magic: z.literal(MAGIC),
  version: z.literal(VERSION),
  owner: z.string(),
  list: z.string(),
  asOf: z.number(),
  pages: z.number().int().positive(),
});
const frame = z.strictObject({ rows: count, sections: z.array(length).max(8), sha256: z.string() });
const trailer = z.strictObject({ allRows: z.number().int().nonnegative(), sha256: z.string() });
const following = z.union([frame, trailer]);

export type ListHeader = Pick<z.output<typeof header>, 'owner' | 'list' | 'asOf' | 'pages'>;

/** Some of a list's rows. */
export interface ListBlock {
  readonly rows: number;
  readonly sections: readonly Buffer[];
}

/** Is told what a file says. Both may throw; what is wrong with a block is wrong with the file. */
export interface ListReader {
  begin(header: ListHeader): void;
  /** Sections are the reader's to keep. */
  take(block: ListBlock): void;
}

export interface ListFile extends ListHeader {
  /** Of no other file. */
  readonly sha256: string;
}

/** What is wrong with a file. */
export class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
}

/** @param written told in the end what was */
export async function* writeListFile(
  { owner, list, asOf, pages }: ListHeader,
  blocks: AsyncIterable<ListBlock>,
  slices: Slices,
  written?: (file: ListFile) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const line = (said: object): Buffer => {
    const bytes = Buffer.from(`${JSON.stringify(said)}\n`, 'utf8');
    hash.update(bytes);
    return bytes;
  };
  let pending = [line({ magic: MAGIC, version: VERSION, owner, list, asOf, pages })];
  let size = 0;
  let allRows = 0;
  for await (const { rows, sections } of blocks) {
    if (slices.isOver) await slices.next();
    allRows += rows;
    pending.push(line({ rows, sections: sections.map((each) => each.length), sha256: digestOf(sections) }));
    for (const section of sections) {
      for (let start = 0; start < section.length; start += PIECE) {
        const part = section.subarray(start, start + PIECE);
        if (size + part.length > PIECE) {
          yield Buffer.concat(pending);
          [pending, size] = [[], 0];
        }
        pending.push(part);
        size += part.length;
      }
    }
  }
  const sha256 = hash.digest('hex');
  pending.push(Buffer.from(`${JSON.stringify({ allRows, sha256 })}\n`, 'utf8'));
  yield Buffer.concat(pending);
  written?.({ owner, list, asOf, pages, sha256 });
}

/**
 * Reads it piece by piece, and tells of rows before it is known whether the file is whole: they count for nothing unless it
 * resolves.
 *
 * @throws {UnfitFileError} when anything is not as `writeListFile` wrote it
 */
export async function readListFile(
  pieces: AsyncIterable<Buffer>,
  slices: Slices,
  listReader: ListReader,
): Promise<ListFile> {
  const bytes = new ByteReader(pieces);
  try {
    return await readThrough(bytes, slices, listReader);
  } finally {
    await bytes.close();
  }
}

async function readThrough(reader: ByteReader, slices: Slices, { begin, take }: ListReader): Promise<ListFile> {
  const hash = createHash('sha256');
  const first = await reader.line(LONGEST_LINE);
  const head = header.safeParse(parsed(first));
  if (!first || !head.success) throw new UnfitFileError('is of another version or damaged');
  begin(head.data);
  hash.update(first);
  for (let rows = 0; ;) {
    if (slices.isOver) await slices.next();
    const line = await reader.line(LONGEST_LINE);
    const said = following.safeParse(parsed(line));
    // Written in another way, it would say the same.
    if (!line || !said.success || line.toString('utf8') !== `${JSON.stringify(said.data)}\n`) throw damaged();
    if ('allRows' in said.data) {
      const { allRows, sha256 } = said.data;
      if (allRows !== rows || sha256 !== hash.digest('hex') || !(await reader.isAtEnd())) throw damaged();
      const { owner, list, asOf, pages } = head.data;
      return { owner, list, asOf, pages, sha256 };
    }
    hash.update(line);
    const sections: Buffer[] = [];
    for (const bytes of said.data.sections) {
      const section = await reader.bytes(bytes);
      if (!section) throw damaged();
      sections.push(section);
    }
    if (digestOf(sections) !== said.data.sha256) throw damaged();
    rows += said.data.rows;
    try {
      take({ rows: said.data.rows, sections });
    } catch {
      throw damaged();
    }
  }
}

/** What tells a file from any other, of its last bytes; undefined when these are not its end. */
export function sha256OfEnd(end: Buffer): string | undefined {
  // Sections need not end with a line feed.
  const last = end.subarray(Math.max(0, end.lastIndexOf('{"allRows":')));
  const said = trailer.safeParse(parsed(last));
  return said.success && last.at(-1) === 0x0a ? said.data.sha256 : undefined;
}

function digestOf(sections: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const section of sections) hash.update(section);
  return hash.digest('hex');
}

function damaged(): UnfitFileError {
  return new UnfitFileError('is damaged');
}

/** Undefined for what is not JSON. */
function parsed(line: Buffer | undefined): unknown {
  try {
    return line && (JSON.parse(line.toString('utf8')) as unknown);
  } catch {
    return undefined;
  }
}
