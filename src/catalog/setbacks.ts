import { UpstreamForbiddenError } from '../mode/errors/upstream-forbidden-error.ts';
import { UpstreamUnauthenticatedError } from '../mode/errors/upstream-unauthenticated-error.ts';
import { isReference, type CatalogListName } from './catalog-lists.ts';

/** After a failed reading, how long a list is left alone, in milliseconds. */
const REST_AFTER_FAILURE_MS = 30_000;

/** Lists that failed a moment ago: asking for one again at once would only spend calls. The others go on. */
export class Setbacks {
  readonly #blockedUntil = new Map<CatalogListName, number>();
  /** Discovery as a whole refused the credential. */
  #refusedUntil = 0;

  isOver(name: CatalogListName, now: number): boolean {
    return now >= (this.#blockedUntil.get(name) ?? 0) && (isReference(name) || now >= this.#refusedUntil);
  }

  /** @param hadPages the list was read before: a page that is no more is refused too, and says nothing of the others */
  failed(name: CatalogListName, error: unknown, hadPages: boolean, now: number): void {
    const until = now + REST_AFTER_FAILURE_MS;
    this.#blockedUntil.set(name, until);
    const refused = error instanceof UpstreamUnauthenticatedError || error instanceof UpstreamForbiddenError;
    if (refused && !isReference(name) && !hadPages) this.#refusedUntil = until;
  }

  recovered(name: CatalogListName): void {
    this.#blockedUntil.delete(name);
    if (!isReference(name)) this.#refusedUntil = 0;
  }
}
