import './panel.css';
import { useAnswers } from '../asking/answers.ts';
import { AnsweredSection } from './answered-section.tsx';
import { ExplainedSection } from './explained-section.tsx';
import { RateLimit } from './rate-limit.tsx';

/** What questions cost at Mode: what the last one did, what one would, and what is left. */
export function UpstreamPanel() {
  const { answered, explained, limit, skewMs } = useAnswers();
  const sections = [
    ...(explained ? [{ at: explained.at, section: <ExplainedSection key="e" explained={explained} /> }] : []),
    ...(answered
      ? [{ at: answered.at, section: <AnsweredSection key="a" answered={answered} skewMs={skewMs} /> }]
      : []),
  ].sort((one, other) => other.at - one.at);
  return (
    <section className="upstream" aria-label="Upstream">
      <div className="upstream-title">Upstream</div>
      <p className="upstream-small">
        What answers cost at Mode, whose API lets a user make few calls. The same stands in{' '}
        <code>extensions.upstream</code>.
      </p>
      {limit && <RateLimit limit={limit} />}
      {sections.map(({ section }) => section)}
      {sections.length === 0 && (
        <p className="upstream-empty">
          Ask something, and its bill is here. Explain says what a question would cost, and makes no call.
        </p>
      )}
    </section>
  );
}
