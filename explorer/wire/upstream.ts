/** What `extensions.upstream` of an answer says, as far as it is shown. */
export interface Upstream {
  readonly calls: Calls;
  readonly waitedMs: number;
  readonly plan: readonly Step[];
  /** ISO 8601. */
  readonly snapshotAsOf: string | null;
  readonly notes: readonly Note[];
  readonly rateLimit: RateLimit | undefined;
  readonly timeline: Timeline | undefined;
}

export interface Calls {
  readonly rest: number;
  readonly discovery: number;
}

/** A way in which part of an answer was found, or would be. */
export interface Step {
  readonly what: string;
  readonly how: string;
  readonly source: string;
  readonly keys: number;
  readonly calls: number;
}

export interface Note {
  readonly code: string;
  readonly message: string;
}

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** ISO 8601. */
  readonly resetsAt: string;
  readonly queued: number;
  readonly estimatedWaitSeconds: number;
  readonly paused: boolean;
  readonly scope: string;
}

export interface Timeline {
  readonly calls: readonly TimelineCall[];
  readonly waits: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly leftOut: number;
}

export interface TimelineCall {
  readonly api: string;
  readonly what: string;
  readonly askedMs: number;
  readonly waitedMs: number;
  readonly tookMs: number;
  readonly status: number | null;
}

/** @returns undefined when the answer has none: it was refused, or something else than the gateway gave it */
export function readUpstream(answer: unknown): Upstream | undefined {
  const upstream = (answer as { extensions?: { upstream?: Partial<Upstream> } } | null)?.extensions?.upstream;
  if (!upstream) return undefined;
  return {
    calls: upstream.calls ?? { rest: 0, discovery: 0 },
    waitedMs: upstream.waitedMs ?? 0,
    plan: upstream.plan ?? [],
    snapshotAsOf: upstream.snapshotAsOf ?? null,
    notes: upstream.notes ?? [],
    rateLimit: upstream.rateLimit,
    timeline: upstream.timeline,
  };
}
