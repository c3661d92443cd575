import type { Clock } from '../../src/throttle/clock.ts';

/** Milliseconds of real time. */
const TICK_MS = 2;
/** More than that between two ticks is time in which the machine did something else: it does not pass. */
const LONGEST_TICK_MS = 6;
/** So long after it was used last, the clock ticks no more. */
const FORGOTTEN_MS = 30_000;

/**
 * Time that follows the real one, but faster: for tests in which calls cross real sockets. Ten seconds of it are a fifth of
 * one, at least: whenever the machine leaves this process waiting, it stands still, so that nobody who had no chance to act
 * is late. Timers of Node have whole milliseconds, so anything may come some hundred milliseconds of this time late.
 */
export function acceleratedClock(speed = 50): Clock {
  const epoch = Date.UTC(2026, 8, 1, 12);
  let passedMs = 0;
  let tickedAt = performance.now();
  let usedAt = tickedAt;
  let ticking: NodeJS.Timeout | undefined;

  const look = (): number => {
    const at = performance.now();
    passedMs += Math.min(at - tickedAt, LONGEST_TICK_MS);
    tickedAt = at;
    return at;
  };
  const tick = (): void => {
    if (look() - usedAt < FORGOTTEN_MS) return;
    clearInterval(ticking);
    ticking = undefined;
  };
  const use = (): void => {
    usedAt = look();
    // Nothing is kept alive by a clock that ticks.
    ticking ??= setInterval(tick, TICK_MS).unref();
  };
  const now = (): number => {
    use();
    return epoch + passedMs * speed;
  };

  use();
  return {
    now,
    schedule(task, delayMs) {
      const due = now() + delayMs;
      let timer: NodeJS.Timeout;
      const wait = (): void => {
        timer = setTimeout(() => (now() >= due ? task() : wait()), Math.max(1, Math.ceil((due - now()) / speed)));
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
