import * as z from 'zod';

const error = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  locations: z.array(z.object({ line: z.number(), column: z.number() })).optional(),
  extensions: z.object({ code: z.string().optional() }).loose().optional(),
});

const plan = z.array(z.object({ what: z.string(), how: z.string(), source: z.string() }).loose());

const upstream = z
  .object({
    calls: z.object({ rest: z.number(), discovery: z.number() }),
    waitedMs: z.number(),
    snapshotAsOf: z.string().nullable(),
    plan,
    notes: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .loose();

/** What anybody may answer who speaks GraphQL; the bill is there when it was a gateway of ours. */
const answer = z
  .object({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z.array(error).optional(),
    extensions: z
      .object({ upstream: upstream.optional().catch(undefined) })
      .loose()
      .optional(),
  })
  .loose();

export type Answer = z.output<typeof answer>;
export type AnswerError = z.output<typeof error>;
export type Upstream = z.output<typeof upstream>;

/** Undefined when it is no answer. */
export function readAnswer(body: unknown): Answer | undefined {
  const { data } = answer.safeParse(body);
  return data !== undefined && ('data' in data || 'errors' in data) ? data : undefined;
}
