import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { madeOnce, once } from '../../loading/made-once.ts';
import { andThen, type MaybePromise } from '../../loading/maybe-promise.ts';
import type { CompiledOperation, compileOperation } from './compile-operation.ts';

/** How large a document is. */
export interface DocumentExtent {
  /** Of its largest operation, those of a fragment counted wherever it is spread. */
  readonly fields: number;
  /** What it takes in memory as it was parsed. */
  readonly bytes: number;
}

export interface CompilingOptions {
  /** How often an operation is carried out before it is compiled; Infinity: it never is. */
  readonly after: number;
  extentOf(document: DocumentNode): DocumentExtent;
}

/** What all that is kept compiled may take. Each holds its document, too. */
const MOST_BYTES = 64 * 1_048_576;
/** Of one: a document with much text in it is not a client's. */
const MOST_BYTES_EACH = 1_048_576;
/** What a field takes in code and closures, as measured: 1 to 3 KB. */
const BYTES_A_FIELD = 4_096;
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
  readonly #compiled = new LRUCache<Known, CompiledOperation>({
    maxSize: MOST_BYTES,
    // What had to make place has to be asked again before it is compiled again.
    dispose: (_, known) => (known.times = 0),
  });
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
    const { after, extentOf } = this.#options;
    if (after === Infinity) return undefined;
    const known = this.#knownOf(document, operationName ?? '');
    const compiled = this.#compiled.get(known);
    if (compiled) return compiled;
    if (known.cannotBe || known.times++ < after) return undefined;
    const extent = extentOf(document);
    const bytes = extent.bytes + BYTES_A_FIELD * extent.fields;
    if (extent.fields > MOST_FIELDS_EACH || bytes > MOST_BYTES_EACH) {
      known.cannotBe = true;
      return undefined;
    }
    return andThen(this.#loaded(), (compile) => {
      const made = compile(schema, document, operationName);
      if (made) this.#compiled.set(known, made, { size: bytes });
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
