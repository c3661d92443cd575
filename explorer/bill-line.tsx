import { UnStyledButton, useGraphiQL } from '@graphiql/react';
import { useAnswers, type Answers } from './asking/answers.ts';
import { showUpstreamPanel } from './panel/upstream-plugin.ts';
import { useNow } from './panel/use-now.ts';
import { number } from './words/counts.ts';
import { billWords, estimateWords } from './words/line-words.ts';
import { secondsUntil } from './words/durations.ts';

/** The bill of what is shown in a line, below it, or its estimate when it was explained; pressed, it shows all of it. */
export function BillLine() {
  const answers = useAnswers();
  const isFetching = useGraphiQL((state) => state.isFetching);
  const now = useNow(1_000);
  if (isFetching) return <div className="bill-line">Waiting for the answer.</div>;
  const words = wordsFor(answers, now);
  if (!words) return <div className="bill-line">What an answer costs at Mode is shown here.</div>;
  const { limit } = answers;
  const remaining = limit && (secondsUntil(limit.wholeAgainAt, now) === 0 ? limit.limit : limit.remaining);
  const parts = [
    ...words,
    ...(limit && remaining !== undefined ? [`${number(remaining)} of ${number(limit.limit)} calls left`] : []),
  ];
  return (
    <UnStyledButton type="button" className="bill-line" onClick={showUpstreamPanel} data-testid="bill-line">
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </UnStyledButton>
  );
}

/** @returns nothing where neither has come, or the answer has no bill */
function wordsFor({ answered, explained, skewMs }: Answers, now: number): string[] | undefined {
  if (explained && explained.at > (answered?.at ?? 0)) return estimateWords(explained.explanation);
  return answered?.upstream && billWords(answered.upstream, now + skewMs);
}
