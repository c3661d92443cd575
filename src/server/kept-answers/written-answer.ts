import type { ExecutionResult } from 'graphql';
import { upstreamExtension } from '../upstream-extension.ts';
import type { KeptAnswer } from './kept-answers.ts';

/** An answer whose data is written already, with the limit as it stood when it was given. */
export class WrittenAnswer implements ExecutionResult {
  readonly kept: KeptAnswer;
  readonly #rateLimit: object;

  constructor(kept: KeptAnswer, rateLimit: object) {
    this.kept = kept;
    this.#rateLimit = rateLimit;
  }

  /** For whoever wants to look into it; it is parsed each time. */
  get data(): NonNullable<ExecutionResult['data']> {
    return JSON.parse(this.kept.data.toString('utf8')) as NonNullable<ExecutionResult['data']>;
  }

  get extensions(): NonNullable<ExecutionResult['extensions']> {
    return { upstream: upstreamExtension(this.kept.bill, this.#rateLimit) };
  }

  /** The body, in UTF-8. */
  bytes(): Buffer<ArrayBuffer> {
    return Buffer.concat([HEAD, this.kept.data, Buffer.from(this.#end(), 'utf8')]);
  }

  /** Yoga asks for it in a batch. */
  readonly stringify = (): string => START + this.kept.data.toString('utf8') + this.#end();

  #end(): string {
    const bill = this.kept.billText.slice(0, -'}'.length);
    return `,"extensions":{"upstream":${bill},"rateLimit":${JSON.stringify(this.#rateLimit)}}}}`;
  }
}

/** One that was not worked out again. */
export class GivenAgain extends WrittenAnswer {}

const START = '{"data":';
const HEAD = Buffer.from(START, 'utf8');
