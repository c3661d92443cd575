import { randomUUID } from 'node:crypto';
import { constants, deflate, inflate } from 'node:zlib';
import { promisify } from 'node:util';
import type { Clock } from '../../throttle/clock.ts';
import { isReference, type CatalogListName, type CatalogRows } from '../catalog-lists.ts';
import type { StoredList } from '../catalog-store.ts';
import { UnfitFileError } from '../list-file.ts';
import type { ListSnapshot } from '../list-snapshot.ts';
import { listOf, piecesOf } from '../stored-list.ts';
import type { CatalogRedis } from './catalog-redis.ts';
import { RedisAwayError, RedisFullError, RedisRefusesError } from './redis-errors.ts';
import { hasRoomFor } from './room.ts';
import { MOST_BYTES, MOST_PIECES, printHeader, readHeader, type SharedHeader } from './shared-header.ts';
import { isBelievable } from './sharing-policy.ts';
import type { SharingTiming } from './sharing-timing.ts';

const compress = promisify<Buffer, { level: number }, Buffer>(deflate);
const expand = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);

/** Bytes of a piece before it is compressed: a megabyte and one row, which may be long. None that grows beyond is read. */
const LARGEST_PIECE = 80 * 1_048_576;

export interface ListShelfOptions {
  readonly redis: CatalogRedis;
  /** Whose lists these are, as it is written with them: of other owners none is believed. */
  readonly owner: string;
  readonly clock: Clock;
  readonly timing: SharingTiming;
  readonly warn: (message: string) => void;
}

/**
 * The lists as they lie in Redis. A version is a hash of pieces, which nobody finds before all of them are there and the
 * header names it; what it replaces stays for a while, for those who are reading it. All of it ends by itself.
 */
export class ListShelf {
  readonly #options: ListShelfOptions;
  /** Versions that were found to be damaged. */
  readonly #distrusted = new Map<CatalogListName, string>();
  /** The version that holds an array of rows. The catalog keeps the array for as long as nothing changes in it. */
  readonly #versionOf = new WeakMap<readonly unknown[], string>();
  /** The version that was read last, of each list. */
  readonly #readLast = new Map<CatalogListName, string>();
  /** That there is no room is told once, and again after there was some. */
  #hasToldOfRoom = false;

  constructor(options: ListShelfOptions) {
    this.#options = options;
  }

  /** Undefined when there is none that can be believed. Never throws. */
  async headerOf(name: CatalogListName): Promise<SharedHeader | undefined> {
    const seen = await this.#options.redis.look(name).catch(() => undefined);
    const header = seen && readHeader(seen.header);
    return header && this.#isBelievable(name, header) ? header : undefined;
  }

  distrusted(name: CatalogListName): string | undefined {
    return this.#distrusted.get(name);
  }

  #isBelievable(name: CatalogListName, header: SharedHeader): boolean {
    const { clock, timing } = this.#options;
    return isBelievable(header, { now: clock.now(), skewMs: timing.skewMs, distrusted: this.#distrusted.get(name) });
  }

  /**
   * The list that a header names. Undefined when it is not as it was published, and is then not believed any more.
   *
   * @param before the list as it is held: rows that are the same are kept
   * @throws {RedisAwayError} also when it takes too long to come
   */
  async read<Name extends CatalogListName>(
    name: Name,
    header: SharedHeader,
    before?: ListSnapshot<CatalogRows[Name]>,
  ): Promise<StoredList<Name> | undefined> {
    const { owner, warn } = this.#options;
    const { id, asOf, writtenAsOf, pages } = header;
    // What REST tells has its moment in each row: a row that is kept would keep it, too.
    const held = isReference(name) ? undefined : before;
    // It was read again since, and found as it is held here.
    if (held && this.#versionOf.get(held.rows) === id) return { name, asOf, pages, rows: held.rows };
    try {
      const list = await listOf(this.#pieces(name, header), name, owner, { before: held, confirmedAsOf: asOf });
      const isConfirmed = asOf !== writtenAsOf;
      if (list.asOf !== writtenAsOf || (list.pages !== pages && !isConfirmed)) throw new UnfitFileError('is damaged');
      this.#readLast.set(name, id);
      this.#versionOf.set(list.rows, id);
      return { name, asOf, pages, rows: list.rows };
    } catch (error) {
      if (error instanceof RedisAwayError) throw error;
      this.#distrusted.set(name, header.id);
      if (error instanceof ReplacedError) return undefined;
      warn(`The list of ${name} in Redis ${reasonOf(error)}; it is not used, and will be read anew.`);
      return undefined;
    }
  }

  async *#pieces(name: CatalogListName, { id, pieces }: SharedHeader): AsyncGenerator<Buffer> {
    const { redis, clock, timing } = this.#options;
    for (let number = 0; number < pieces; number++) {
      // What it takes to read the pieces, and those of other lists, says nothing of Redis.
      const askedAt = clock.now();
      const piece = await redis.piece(name, id, number);
      if (clock.now() - askedAt > timing.readMs) throw new RedisAwayError();
      if (piece) yield await expand(piece, { maxOutputLength: LARGEST_PIECE });
      else if ((await this.headerOf(name))?.id === id) throw new UnfitFileError('is not whole');
      else throw new ReplacedError();
    }
  }

  /**
   * Shows a list to the other replicas, unless they have one that is as new. Never throws: they then read it themselves.
   */
  async publish(list: StoredList<CatalogListName>): Promise<void> {
    const { redis, warn } = this.#options;
    const { name } = list;
    const id = randomUUID();
    try {
      const known = readHeader((await redis.look(name)).header);
      if (known && this.#isBelievable(name, known)) {
        if (known.asOf >= list.asOf) {
          this.#recognise(list, known);
          return;
        }
        // Confirmed: three hundred megabytes need not be sent for a date.
        const { asOf, pages } = list;
        if (this.#versionOf.get(list.rows) === known.id && (await this.#show(name, { ...known, asOf, pages }))) return;
      }
      if (!(await this.#show(name, await this.#write(list, id)))) return;
      this.#versionOf.set(list.rows, id);
      this.#hasToldOfRoom = false;
    } catch (error) {
      await redis.discard(name, id).catch(() => undefined);
      if (!(error instanceof RedisFullError || error instanceof RedisRefusesError) || this.#hasToldOfRoom) return;
      this.#hasToldOfRoom = true;
      const why = error instanceof RedisFullError ? 'has no room for' : 'refuses to keep';
      warn(`Redis ${why} the list of ${name}: other replicas will read what is not there for themselves.`);
    }
  }

  /** That the catalog holds what lies there, as it does after it has taken it over. */
  #recognise({ name, rows, asOf }: StoredList<CatalogListName>, known: SharedHeader): void {
    if (known.asOf === asOf && this.#readLast.get(name) === known.id) this.#versionOf.set(rows, known.id);
  }

  /** @returns false when the pieces are not there any more; whoever was faster has shown something newer */
  async #show(name: CatalogListName, header: SharedHeader): Promise<boolean> {
    const { redis, clock, timing } = this.#options;
    const { id, asOf, pieces } = header;
    const text = printHeader(header);
    const { outcome, replaced } = await redis.publish(name, { text, id, asOf, pieces }, clock.now() + timing.skewMs);
    const ended = outcome === 'published' ? readHeader(replaced)?.id : id;
    // What is not ended now ends by itself.
    if (ended !== undefined && ended !== id) await redis.retire(name, ended).catch(() => undefined);
    if (outcome === 'newer') await redis.retire(name, id).catch(() => undefined);
    return outcome !== 'gone';
  }

  /** Puts its pieces there, which nobody is told of yet. */
  async #write(list: StoredList<CatalogListName>, id: string): Promise<SharedHeader> {
    const { redis, owner } = this.#options;
    const { name, asOf, pages } = list;
    let pieces = 0;
    let bytes = 0;
    for await (const piece of piecesOf(list, owner)) {
      const small = await compress(piece, { level: constants.Z_BEST_SPEED });
      bytes += small.length;
      if (piece.length > LARGEST_PIECE || bytes > MOST_BYTES || pieces === MOST_PIECES) throw new RedisFullError();
      if (!hasRoomFor(small.length, await redis.memory())) throw new RedisFullError();
      await redis.putPiece(name, id, pieces++, small);
    }
    return { id, asOf, writtenAsOf: asOf, pages, pieces, bytes };
  }
}

/** It was replaced while it was read, and is gone: nothing is wrong with it. */
class ReplacedError extends Error {}

/** What inflating says of garbage is not ours to pass on. */
function reasonOf(error: unknown): string {
  return error instanceof UnfitFileError ? error.message : 'is damaged';
}
