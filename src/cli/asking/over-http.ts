import { readFile } from 'node:fs/promises';
import type { QuestionOptions } from '../commands/question-options.ts';
import { fileFailure } from '../file-failure.ts';
import type { Environment } from '../read-environment.ts';
import { UsageError } from '../usage-error.ts';
import type { Answerer } from './answerer.ts';
import { answerIn, postOf } from './post.ts';

/** A gateway that runs elsewhere. */
export function overHttp(address: URL, authorization: string | undefined, signal: AbortSignal): Answerer {
  const who = `The gateway at ${address.origin}`;
  return {
    async ask(asked, headers) {
      const init = postOf(asked, { ...headers, ...(authorization !== undefined && { authorization }) });
      let response: Response;
      try {
        // A key is sent to whom it was meant for, and not on to somebody else.
        response = await fetch(address, { ...init, redirect: 'manual', signal });
      } catch (error) {
        signal.throwIfAborted();
        throw new Error(`${who} cannot be reached (${reasonOf(error)}). Does it run? Is --url right?`, {
          cause: error,
        });
      }
      if (response.status >= 300 && response.status < 400) {
        throw new Error(
          `${who} sends questions elsewhere (HTTP ${response.status}); give --url the address it answers at.`,
        );
      }
      return answerIn(response, who);
    },
    close: () => Promise.resolve(),
  };
}

/** @throws {UsageError} when it is no address, or holds what must not stand on a command line */
export function readAddress(text: string): URL {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new UsageError('--url must be a web address, such as http://127.0.0.1:4000/graphql');
  }
  const address = new URL(text);
  if (address.username !== '' || address.password !== '') {
    throw new UsageError('--url must hold no password, which other users of this machine could see: use --key-file');
  }
  if (address.pathname === '/') address.pathname = '/graphql';
  return address;
}

/**
 * What proves to the gateway who asks: the key in the file that was named, or in MODE_GRAPHQL_KEY. Never on the command
 * line, which others can see. Undefined when there is none.
 *
 * @throws {UsageError} when the file cannot be read, or holds no key
 */
export async function readAuthorization(
  { keyFile }: Pick<QuestionOptions, 'keyFile'>,
  env: Environment,
): Promise<string | undefined> {
  const text = keyFile === undefined ? env.MODE_GRAPHQL_KEY : await readKeyFile(keyFile);
  const key = text?.trim() ?? '';
  if (key === '') return undefined;
  if (!/^[\u0021-\u007e]+( [\u0021-\u007e]+)?$/.test(key)) {
    throw new UsageError(`${keyFile ?? 'MODE_GRAPHQL_KEY'} does not hold one key on one line.`);
  }
  return key.includes(' ') ? key : `Bearer ${key}`;
}

async function readKeyFile(keyFile: string): Promise<string> {
  const text = await readFile(keyFile, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--key-file: ${keyFile} ${fileFailure(error)}`);
  });
  if (text.trim() === '') throw new UsageError(`--key-file: ${keyFile} is empty.`);
  return text;
}

/** The code of what went wrong, or its words: `fetch` hides both below an error of its own. */
function reasonOf(error: unknown): string {
  let reason = 'it failed';
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    reason = at.message;
  }
  return reason;
}
