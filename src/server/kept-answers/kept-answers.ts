import { LRUCache } from 'lru-cache';
import type { CatalogListName } from '../../catalog/catalog-lists.ts';
import type { Bill } from '../../loading/bill.ts';
import { madeOnce } from '../../loading/made-once.ts';

/** What was answered, from lists that the catalog held and from nothing else. */
export interface KeptAnswer {
  /** JSON text in UTF-8. */
  readonly data: Buffer;
  /** As the document calls the operation; undefined when it does not. */
  readonly name: string | undefined;
  /** Of no call. */
  readonly bill: Bill;
  /** The same as JSON text. */
  readonly billText: string;
  /** The lists it was made of, with the moment each was read, in milliseconds since the epoch. */
  readonly lists: ReadonlyMap<CatalogListName, number>;
}

/** Bytes: a question whose text and variables are longer is not remembered. */
const LONGEST_QUESTION = 100_000;

/** Characters of a text take two bytes where one of them is outside Latin-1; an object of its own, some more. */
const bytesOf = ({ data, bill, billText }: KeptAnswer, question: string): number =>
  data.length + 2 * (question.length + billText.length) + 200 * (bill.plan.length + 5);

/**
 * Answers that may be given again. They are kept for one edition of the catalog, and go with it: nothing has to find
 * out which of them a new list has made wrong. Bounded by the memory that they take, all together.
 */
export class KeptAnswers {
  readonly #of: (edition: object) => LRUCache<string, KeptAnswer> | undefined;

  /** @param mostBytes 0: none is kept */
  constructor(mostBytes: number) {
    this.#of = madeOnce(() =>
      mostBytes === 0 ? undefined : new LRUCache({ maxSize: mostBytes, sizeCalculation: bytesOf }),
    );
  }

  find(edition: object, question: string): KeptAnswer | undefined {
    return this.#of(edition)?.get(question);
  }

  keep(edition: object, question: string, answer: KeptAnswer): void {
    if (question.length <= LONGEST_QUESTION) this.#of(edition)?.set(question, answer);
  }
}

/** Whether none of the lists is older than somebody will have it, in milliseconds; undefined: any age will do. */
export function isYoungEnough({ lists }: KeptAnswer, maxAgeMs: number | undefined, now: number): boolean {
  if (maxAgeMs === undefined) return true;
  if (maxAgeMs === 0) return false;
  return [...lists.values()].every((asOf) => now - asOf <= maxAgeMs);
}
