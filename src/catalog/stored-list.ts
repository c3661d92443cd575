/** How a list becomes the pieces of a list file (`list-file.ts`), and comes back from them, wherever those are kept. */
import { slices } from '../mode/slices.ts';
import { isReference, type CatalogListName, type CatalogRows } from './catalog-lists.ts';
import type { StoredList } from './catalog-store.ts';
import { keepingHeld } from './intake.ts';
import { blocksOf, createBlockReader } from './list-blocks.ts';
import { readListFile, UnfitFileError, writeListFile, type ListFile, type ListHeader } from './list-file.ts';
import type { ListSnapshot } from './list-snapshot.ts';

/**
 * @param owner whose catalog this is; pieces of another owner are foreign
 * @param written told in the end what was
 */
export function piecesOf(
  list: StoredList<CatalogListName>,
  owner: string,
  written?: (file: ListFile) => void,
): AsyncGenerator<Buffer> {
  const { name, asOf, pages, rows } = list;
  return writeListFile({ owner, list: name, asOf, pages }, blocksOf(rows, slices), slices, written);
}

export interface ListOfOptions<Row> {
  /** The list as it is held: rows that are the same are kept instead of being made again. */
  readonly before?: ListSnapshot<Row> | undefined;
  /** When it was last found to be as it is written, in milliseconds since the epoch. @default when it was written */
  readonly confirmedAsOf?: number;
}

/** A list with what tells its pieces from any others. */
export type ListOfPieces<Name extends CatalogListName> = StoredList<Name> & Pick<ListFile, 'sha256'>;

/** @throws {UnfitFileError} when they are not what `piecesOf` made of this list for this owner, and what `pieces` throws */
export async function listOf<Name extends CatalogListName>(
  pieces: AsyncIterable<Buffer>,
  name: Name,
  owner: string,
  { before, confirmedAsOf }: ListOfOptions<CatalogRows[Name]> = {},
): Promise<ListOfPieces<Name>> {
  const provenance = { source: isReference(name) ? 'REST' : 'DISCOVERY', asOf: 0 } as const;
  const readBlock = createBlockReader(name, provenance);
  const keep = keepingHeld(name, before);
  const rows: CatalogRows[Name][] = [];
  const { asOf, pages, sha256 } = await readListFile(pieces, slices, {
    begin(header) {
      if (header.owner !== owner || header.list !== name) throw new UnfitFileError('belongs to another workspace');
      Object.assign(provenance, { asOf: confirmedAsOf ?? header.asOf });
    },
    take(block) {
      for (const row of readBlock(block)) rows.push(keep(row));
    },
  });
  return { name, asOf, pages, rows, sha256 };
}

/**
 * What the first of the pieces says of the list. Of the others nothing is read, so that nothing is known of them.
 *
 * @throws {UnfitFileError} when it is not the beginning of a list, and what `pieces` throws
 */
export async function headerOf(pieces: AsyncIterable<Buffer>): Promise<ListHeader> {
  const enough = new Error('the rest is not read');
  let found: ListHeader | undefined;
  const begin = (header: ListHeader): void => {
    found = header;
    throw enough;
  };
  try {
    return await readListFile(pieces, slices, { begin, take: () => undefined });
  } catch (error) {
    if (error === enough && found) return found;
    throw error;
  }
}
