import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { once } from '../../loading/made-once.ts';
import { andThen, type MaybePromise } from '../../loading/maybe-promise.ts';
import type { CompiledOperation, compileOperation } from './compile-operation.ts';

export interface CompilingOptions {
  /** How often an operation is carried out before it is compiled; Infinity: it never is. */
  readonly after: number;
  /** Of an operation's document, fragments counted wherever they are spread. */
  fieldsOf(document: DocumentNode): number;
}

/** Fields of all that is kept compiled: each takes some kilobytes. */
const MOST_FIELDS = 20_000;
/** Fields of an operation that may be compiled, which takes some 0.2 ms for each and holds up the process meanwhile. */
const MOST_FIELDS_EACH = 200;

type Compile = typeof compileOperation;

interface Known {
  times: number;
  /** Undefined: not yet; null: it cannot be. */
  compiled?: CompiledOperation | null;
}

/**
 * The operations that are compiled: those that are carried out again. To compile takes longer than the first answer
 * would gain by it, and whoever writes each question anew should not have to pay for it.
 */
export class CompiledOperations {
  readonly #options: CompilingOptions;
  readonly #known = new LRUCache<DocumentNode, Map<string, Known>>({ maxSize: MOST_FIELDS });
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
    if (this.#options.after === Infinity) return undefined;
    const known = this.#knownOf(document, operationName ?? '');
    if (!known || known.times++ < this.#options.after) return undefined;
    if (known.compiled !== undefined) return known.compiled ?? undefined;
    return andThen(this.#loaded(), (compile) => {
      known.compiled ??= compile(schema, document, operationName) ?? null;
      return known.compiled ?? undefined;
    });
  }

  #loaded(): MaybePromise<Compile> {
    return this.#compile ?? this.#loading().then(({ compileOperation: compile }) => (this.#compile = compile));
  }

  #knownOf(document: DocumentNode, name: string): Known | undefined {
    let operations = this.#known.get(document);
    if (!operations) {
      const fields = this.#options.fieldsOf(document);
      if (fields > MOST_FIELDS_EACH) return undefined;
      operations = new Map();
      this.#known.set(document, operations, { size: fields + 1 });
    }
    let known = operations.get(name);
    if (!known) operations.set(name, (known = { times: 0 }));
    return known;
  }
}
