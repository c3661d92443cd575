import type { Timeline, TimelineCall } from '../wire/upstream.ts';

/** Where a bar begins and how long it is, as parts of the whole width. */
export interface Span {
  readonly left: number;
  readonly width: number;
}

export interface Bar extends Span {
  readonly call: TimelineCall;
}

export interface Tick {
  readonly ms: number;
  readonly left: number;
}

export interface TimeLineLayout {
  /** For each API that was called its calls, in lanes: in none of them do two overlap. */
  readonly apis: readonly { readonly api: string; readonly lanes: readonly (readonly Bar[])[] }[];
  readonly waits: readonly Span[];
  readonly ticks: readonly Tick[];
  readonly lengthMs: number;
}

/** More would be written over each other in a narrow pane. */
const MOST_TICKS = 3;
const NICE = [1, 2, 5];

/** Draws an operation's calls on a line of time: from when it began, or its first call did, to when the last one ended. */
export function layOut({ calls, waits }: Timeline): TimeLineLayout {
  const sent = calls.map((call) => ({ call, from: call.askedMs + call.waitedMs })).sort((a, b) => a.from - b.from);
  const from = Math.min(0, ...sent.map((each) => each.from), ...waits.map(({ fromMs }) => fromMs));
  const to = Math.max(from + 1, ...sent.map((each) => each.from + each.call.tookMs), ...waits.map(({ toMs }) => toMs));
  const span = (start: number, end: number): Span => ({
    left: (start - from) / (to - from),
    width: (end - start) / (to - from),
  });

  const apis = [...new Set(sent.map(({ call }) => call.api))].sort().reverse();
  return {
    apis: apis.map((api) => {
      const lanes: { readonly bars: Bar[]; until: number }[] = [];
      for (const { call, from: start } of sent.filter((each) => each.call.api === api)) {
        const end = start + call.tookMs;
        const bar = { call, ...span(start, end) };
        const free = lanes.find(({ until }) => until <= start);
        if (free) {
          free.bars.push(bar);
          free.until = end;
        } else lanes.push({ bars: [bar], until: end });
      }
      return { api, lanes: lanes.map(({ bars }) => bars) };
    }),
    waits: waits.map(({ fromMs, toMs }) => span(fromMs, toMs)),
    ticks: ticksBetween(from, to).map((ms) => ({ ms, left: span(ms, ms).left })),
    lengthMs: to - from,
  };
}

/** Round moments, at least a third of the whole apart. */
function ticksBetween(from: number, to: number): number[] {
  const least = (to - from) / MOST_TICKS;
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, (NICE.find((nice) => nice * magnitude >= least) ?? 10) * magnitude);
  const ticks: number[] = [];
  // Not -0, which is what a little below nothing is rounded up to.
  for (let ms = Math.ceil(from / step) * step + 0; ms <= to; ms += step) ticks.push(ms);
  return ticks;
}
