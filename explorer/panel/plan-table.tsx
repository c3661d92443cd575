import './plan-table.css';
import { number } from '../words/counts.ts';
import { HOW, sourceName } from '../words/plan-words.ts';
import type { Step } from '../wire/upstream.ts';

/** The steps of a plan, and what its words mean. */
export function PlanTable({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  const hows = [...new Set(steps.map(({ how }) => how))].filter((how) => how in HOW);
  return (
    <>
      <table className="upstream-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">How</th>
            <th scope="col">Source</th>
            <th scope="col" className="is-number" title="For how many parents, or things by their names">
              Keys
            </th>
            <th scope="col" className="is-number" title="Calls it was expected to take">
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            <tr key={index} data-testid="step">
              <th scope="row">{step.what}</th>
              <td>
                <span className={`upstream-how is-${step.how}`}>{step.how}</span>
              </td>
              <td>{sourceName(step.source)}</td>
              <td className="is-number">{number(step.keys)}</td>
              <td className="is-number">{number(step.calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="upstream-legend">
        {hows.map((how) => (
          <div key={how}>
            <dt>{how}</dt>
            <dd>{HOW[how]}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
