import type { How, Source } from './plan.ts';

export interface ForecastStep {
  readonly what: string;
  readonly how: How;
  readonly source: Source;
  /** For how many parents or tokens. Looked up when it is read. */
  readonly keys: number;
  readonly calls: number;
}

export interface Forecast {
  /** Calls it is expected to take. */
  readonly calls: number;
  /** Of those, to REST. */
  readonly rest: number;
  /** Calls, but for those guessed of a workspace that nobody has counted: no reason to refuse anything. */
  readonly certainCalls: number;
  /** Some of the calls rest on what nobody has counted. */
  readonly isGuess: boolean;
  /** Costliest first, those that cost nothing last. */
  readonly steps: readonly ForecastStep[];
}

interface Part {
  readonly what: string;
  readonly how: How;
  readonly source: Source;
  readonly keys: () => { readonly count: number };
  readonly calls: number;
  readonly isUncounted?: boolean;
  readonly isGuess?: boolean;
}

/** Adds up a forecast; what is found in the same way is one step, as in the bill. */
export class ForecastSteps {
  readonly #parts = new Map<string, Part[]>();

  add(part: Part): void {
    const name = `${part.what} ${part.how} ${part.source}`;
    const parts = this.#parts.get(name);
    if (parts) parts.push(part);
    else this.#parts.set(name, [part]);
  }

  total(): Forecast {
    const parts = [...this.#parts.values()].flat();
    const steps = [...this.#parts.values()].map(stepOf);
    return {
      calls: sum(parts, ({ calls }) => calls),
      rest: sum(parts, ({ source, calls }) => (source === 'REST' ? calls : 0)),
      certainCalls: sum(parts, ({ calls, isUncounted }) => (isUncounted ? Math.min(1, calls) : calls)),
      isGuess: parts.some(({ calls, isGuess }) => isGuess === true && calls > 0),
      steps: steps.sort((a, b) => b.calls - a.calls),
    };
  }
}

function stepOf(parts: readonly Part[]): ForecastStep {
  const [{ what, how, source }] = parts as readonly [Part];
  return {
    what,
    how,
    source,
    get keys() {
      return sum(parts, ({ keys }) => keys().count);
    },
    calls: sum(parts, ({ calls }) => calls),
  };
}

function sum(parts: readonly Part[], read: (part: Part) => number): number {
  return parts.reduce((total, part) => total + read(part), 0);
}
