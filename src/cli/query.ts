import type { Answer } from './asking/answer.ts';
import type { Answerer } from './asking/answerer.ts';
import { chooseAnswerer } from './asking/choose-answerer.ts';
import { judgeAnswer, printError } from './asking/judge-answer.ts';
import { readQuestion, type Question } from './asking/read-question.ts';
import type { QueryOptions } from './commands/query.ts';
import { EXIT } from './exit-codes.ts';
import { printAnswer } from './print-answer.ts';
import { printBill } from './print-bill.ts';
import { screenOf } from './screen.ts';
import { createVoice, type Voice } from './voice.ts';

/** `query`: asks, and prints the answer. Its exit code says how that went. */
export async function query(file: string | undefined, options: QueryOptions, signal: AbortSignal): Promise<void> {
  const question = await readQuestion(file, options);
  const voice = createVoice(options);
  const { follow } = options.all ? await import('./following/follow.ts') : { follow: undefined };
  const walk = follow?.(question, voice);
  const answerer = await chooseAnswerer(options, voice, signal);
  try {
    const answer = await (walk ? walk(answerer) : askOnce(question, answerer));
    signal.throwIfAborted();
    process.exitCode = tell(question, answer, options, voice);
  } finally {
    await answerer.close();
  }
}

function askOnce({ text, operation, variables }: Question, answerer: Answerer): Promise<Answer> {
  return answerer.ask({ query: text, operationName: operation.name?.value, variables });
}

function tell(question: Question, answer: Answer, { output, json }: QueryOptions, voice: Voice): number {
  const code = judgeAnswer(answer);
  const screen = screenOf(process.stdout, process.env);
  if (code === EXIT.done || code === EXIT.incomplete) {
    const form = json ? 'json' : (output ?? (screen.isTerminal ? 'table' : 'json'));
    const { text, notes } = printAnswer(form, question, answer, screen);
    process.stdout.write(text);
    for (const note of notes) voice.note(note);
  }
  for (const error of answer.errors ?? []) voice.complain(printError(error));
  const upstream = answer.extensions?.upstream;
  for (const { message } of upstream?.notes ?? []) voice.note(`note: ${message}`);
  if (upstream) voice.note(printBill(upstream, Date.now()));
  return code;
}
