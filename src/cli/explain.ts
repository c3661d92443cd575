import { chooseAnswerer } from './asking/choose-answerer.ts';
import { EXPLAIN_HEADER, explanationIn } from './asking/explanation.ts';
import { judgeAnswer, printError } from './asking/judge-answer.ts';
import { readQuestion } from './asking/read-question.ts';
import { cleanJson } from './clean-text.ts';
import type { ExplainOptions } from './commands/explain.ts';
import { EXIT } from './exit-codes.ts';
import { fits, printExplanation } from './print-explanation.ts';
import { screenOf } from './screen.ts';
import { createVoice } from './voice.ts';
import { counted } from './words.ts';

/** `explain`: what a question would cost, told without asking it. */
export async function explain(file: string | undefined, options: ExplainOptions, signal: AbortSignal): Promise<void> {
  const { text, operation, variables } = await readQuestion(file, options);
  const voice = createVoice(options);
  const answerer = await chooseAnswerer(options, voice, signal);
  try {
    const answer = await answerer.ask({ query: text, operationName: operation.name?.value, variables }, EXPLAIN_HEADER);
    signal.throwIfAborted();
    const explanation = explanationIn(answer);
    for (const error of answer.errors ?? []) voice.complain(printError(error));
    if (explanation) {
      const screen = screenOf(process.stdout, process.env);
      const json = (): string => `${cleanJson(JSON.stringify(explanation, undefined, 2))}\n`;
      process.stdout.write(options.json ? json() : printExplanation(explanation, screen));
      process.exitCode = fits(explanation) ? judgeAnswer(answer) : EXIT.incomplete;
    } else if (answer.data) {
      const { rest = 0, discovery = 0 } = answer.extensions?.upstream?.calls ?? {};
      throw new Error(
        `The gateway does not explain questions: it has answered this one, for ${counted(rest + discovery, 'call')} to Mode.`,
      );
    } else {
      const code = judgeAnswer(answer);
      process.exitCode = code === EXIT.done ? EXIT.cannotRun : code;
    }
  } finally {
    await answerer.close();
  }
}
