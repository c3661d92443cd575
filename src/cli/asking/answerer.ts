import type { Answer } from './answer.ts';
import type { Variables } from './read-question.ts';

/** One request, as it is sent. */
export interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

/** Where questions are answered: a gateway in this process, or one that runs elsewhere. */
export interface Answerer {
  /** @throws an error whose message says why it could not be asked */
  ask(asked: Asked, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}
