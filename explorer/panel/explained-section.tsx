import type { Explained } from '../asking/answers.ts';
import { number } from '../words/counts.ts';
import { duration } from '../words/durations.ts';
import type { Explanation } from '../wire/explanation.ts';
import { Figure, Figures } from './figures.tsx';
import { PlanTable } from './plan-table.tsx';

/** What a question would cost. */
export function ExplainedSection({ explained }: { readonly explained: Explained }) {
  const { name, at, errors, explanation } = explained;
  return (
    <section className="upstream-card is-estimate" aria-labelledby="upstream-estimate" data-testid="explained">
      <div className="upstream-card-head">
        <h3 id="upstream-estimate">{name ?? 'The question'}, explained</h3>
        <time className="upstream-small" dateTime={new Date(at).toISOString()}>
          {new Date(at).toLocaleTimeString('en-GB')}
        </time>
      </div>
      {explanation ? <Estimate explanation={explanation} /> : <Unexplained errors={errors} />}
    </section>
  );
}

function Estimate({ explanation }: { readonly explanation: Explanation }) {
  const { estimatedCalls, calls, estimatedSeconds, guessed, steps, objects, limits, refusal } = explanation;
  return (
    <>
      {refusal && (
        <div className="upstream-refusal" role="alert" data-testid="explain-refusal">
          <b>It would be refused.</b> {refusal.message} <code>{refusal.code}</code>
        </div>
      )}
      <Figures>
        <Figure
          name="Calls to Mode"
          testid="explain-calls"
          detail={
            estimatedCalls === 0 ? (
              'none: the gateway holds all of it'
            ) : (
              <>
                <span className="upstream-dot is-rest" />
                <span data-testid="explain-calls-rest">{number(calls.rest)}</span> REST{' '}
                <span className="upstream-dot is-discovery" />
                <span data-testid="explain-calls-discovery">{number(calls.discovery)}</span> Discovery
              </>
            )
          }
        >
          {guessed ? `about ${number(estimatedCalls)}` : number(estimatedCalls)}
        </Figure>
        <Figure
          name="Waiting for the limit"
          testid="explain-seconds"
          detail={`${duration(limits.seconds * 1_000)} allowed`}
        >
          {estimatedSeconds === 0 ? 'none' : duration(estimatedSeconds * 1_000)}
        </Figure>
      </Figures>
      <p className="upstream-sentence">
        No call was made to find this out. A question may take {number(limits.calls)} calls, and its answer hold{' '}
        {number(limits.objects)} objects; this one would hold <b data-testid="explain-objects">{number(objects)}</b> at
        the most.
        {guessed && ' Not all that it goes by has been counted yet: part of the estimate is a guess.'}
      </p>
      {steps.length > 0 && (
        <>
          <h4>How it would be found</h4>
          <PlanTable steps={steps} label="How it would be found" />
        </>
      )}
    </>
  );
}

function Unexplained({ errors }: { readonly errors: readonly string[] }) {
  return (
    <div className="upstream-refusal" role="alert" data-testid="unexplained">
      <b>It cannot be asked.</b> {errors.join(' ')}
    </div>
  );
}
