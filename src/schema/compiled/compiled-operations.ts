import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { madeOnce, once } from '../../loading/made-once.ts';
import { andThen, type MaybePromise } from '../../loading/maybe-promise.ts';
import type { CompiledOperation, compileOperation } from './compile-operation.ts';

export interface CompilingOptions {
  /** How often an operation is carried out before it is compiled; Infinity: it never is. */
  readonly after: number;
  /** Of a document's operations, fragments counted wherever they are spread. */
  fieldsOf(document: DocumentNode): number;
}

/** Fields of all that is kept compiled: each takes some kilobytes. */
const MOST_FIELDS = 20_000;
/** Fields of an operation that may be compiled, which takes some 0.2 ms for each and holds up the process meanwhile. */
const MOST_FIELDS_EACH = 200;

type Compile = typeof compileOperation;

interface Known {
  times: number;
  cannotBe: boolean;
}

/**
 * The operations that are compiled: those that are carried out again. To compile takes longer than the first answer
 * would gain by it, and whoever writes each question anew should not have to pay for it.
 */
export class CompiledOperations {
  readonly #options: CompilingOptions;
  /** Of each document by the names of its operations. It goes with the document, of which somebody else keeps few. */
  readonly #known = madeOnce((_: DocumentNode) => new Map<string, Known>());
  readonly #compiled = new LRUCache<Known, CompiledOperation>({ maxSize: MOST_FIELDS });
  readonly #loading = once(() => import('./compile-operation.ts'));
  #compile: Compile | undefined;

  constructor(options: CompilingOptions) {
    this.#options = options;
  }

  /** @param operationName undefined when it is the document's only one */
  get(
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | undefined,
  ): MaybePromise<CompiledOperation | undefined> {
    const { after, fieldsOf } = this.#options;
    if (after === Infinity) return undefined;
    const known = this.#knownOf(document, operationName ?? '');
    const compiled = this.#compiled.get(known);
    if (compiled) return compiled;
    if (known.cannotBe || known.times++ < after) return undefined;
    const fields = fieldsOf(document);
    if (fields > MOST_FIELDS_EACH) {
      known.cannotBe = true;
      return undefined;
    }
    return andThen(this.#loaded(), (compile) => {
      const made = compile(schema, document, operationName);
      if (made) this.#compiled.set(known, made, { size: fields + 1 });
      else known.cannotBe = true;
      return made;
    });
  }

  #loaded(): MaybePromise<Compile> {
    return this.#compile ?? this.#loading().then(({ compileOperation: compile }) => (this.#compile = compile));
  }

  #knownOf(document: DocumentNode, name: string): Known {
    const operations = this.#known(document);
    let known = operations.get(name);
    if (!known) operations.set(name, (known = { times: 0, cannotBe: false }));
    return known;
  }
}
