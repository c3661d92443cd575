import { EXIT } from './exit-codes.ts';

/** Somebody pressed Ctrl-C, or whoever runs the process has told it to end. There is nothing to say about it. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/**
 * Runs work that is cut by SIGINT and SIGTERM: its signal is aborted, it takes down what it has put up and ends. A
 * second signal does not wait for that.
 *
 * @throws {Interruption} after such a signal, whatever the work then did
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const onSignal = (name: NodeJS.Signals): void => {
    const code = name === 'SIGTERM' ? CODES.SIGTERM : CODES.SIGINT;
    if (signal.aborted) process.exit(code);
    controller.abort(new Interruption(code));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const result = await work(signal);
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** What `promise` comes to, or the signal's reason as soon as it is aborted. */
export async function orAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
