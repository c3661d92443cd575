import { REALISTIC_BEHAVIOUR, type Behaviour } from './behaviour.ts';
import { realClock, type SimulatorClock } from './simulator-clock.ts';
import { fullWorldSize, type WorldSize } from './world/world-size.ts';

/** Everything about a simulated Mode that can be chosen when it starts. All of it has a default. */
export interface SimulatorOptions {
  /** Same seed and size, same world, to the byte. */
  seed: number;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The slug in `/api/{workspace}`. */
  workspace: string;
  /** Exact totals. What is left out follows the default world's proportions, from `reports`. */
  size: Partial<WorldSize>;
  behaviour: Partial<Behaviour>;
  /** Drives rate windows, ledger times, latency and slow faults. Real time unless a test owns it. */
  clock: SimulatorClock;
  /** Short for `behaviour.latencyMs`, which wins when both are given. */
  latencyMs: number;
}

/** Options with nothing left open. */
export interface SettledOptions {
  seed: number;
  host: string;
  port: number;
  workspace: string;
  size: WorldSize;
  behaviour: Behaviour;
  clock: SimulatorClock;
}

export function settleOptions(options: Partial<SimulatorOptions>): SettledOptions {
  return {
    seed: options.seed ?? 1,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    workspace: options.workspace ?? 'acme',
    size: fullWorldSize(options.size ?? {}),
    behaviour: {
      ...REALISTIC_BEHAVIOUR,
      latencyMs: options.latencyMs ?? REALISTIC_BEHAVIOUR.latencyMs,
      ...options.behaviour,
    },
    clock: options.clock ?? realClock,
  };
}
