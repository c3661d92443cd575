import type { Simulator, SimulatorOptions } from '../../src/simulator/index.ts';
import { startSmallMode } from './gateway.ts';
import { SteppingClock } from './stepping-clock.ts';

const HOLD_MS = 600_000;

/** A small Mode whose answers can be held back until the test lets them go. */
export interface HeldMode extends Simulator {
  /** Calls from now on to a path that holds `match` wait for `release`, `times` of them. */
  hold(match: string | RegExp, times?: number): void;
  /** Answers what was held, and holds nothing any more. */
  release(): void;
  /** How many calls wait. */
  readonly held: number;
}

export async function startHeldMode(options: Partial<SimulatorOptions> = {}): Promise<HeldMode> {
  const clock = new SteppingClock();
  const mode = await startSmallMode({ ...options, clock });
  return Object.defineProperty(
    Object.assign(mode, {
      hold: (match: string | RegExp, times = Infinity) =>
        void mode.faults.inject({ match, kind: 'slow', delayMs: HOLD_MS, times }),
      release: () => {
        mode.faults.clear();
        clock.skip(HOLD_MS);
      },
    }),
    'held',
    { get: () => mode.ledger.entries.filter(({ answeredAt }) => answeredAt === undefined).length },
  ) as HeldMode;
}
