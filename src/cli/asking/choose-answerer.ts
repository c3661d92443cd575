import type { QuestionOptions } from '../commands/question-options.ts';
import { readEnvironment } from '../read-environment.ts';
import { UsageError } from '../usage-error.ts';
import type { Voice } from '../voice.ts';
import type { Answerer } from './answerer.ts';
import { overHttp, readAddress, readAuthorization } from './over-http.ts';

/** Whom the options have asked: the gateway at `--url`, or one in this process. */
export async function chooseAnswerer(options: QuestionOptions, voice: Voice, signal: AbortSignal): Promise<Answerer> {
  if (options.url === undefined && options.keyFile !== undefined) {
    throw new UsageError('--key-file is for a gateway at --url; in this process no key is needed.');
  }
  const address = options.url === undefined ? undefined : readAddress(options.url);
  const env = await readEnvironment(options);
  if (address) return overHttp(address, await readAuthorization(options, env), signal);
  const { inProcess } = await import('./in-process.ts');
  return inProcess(env, voice, signal);
}
