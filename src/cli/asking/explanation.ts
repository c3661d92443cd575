import * as z from 'zod';
import type { Answer } from './answer.ts';

const explanation = z
  .object({
    estimatedCalls: z.number(),
    calls: z.object({ rest: z.number(), discovery: z.number() }),
    estimatedSeconds: z.number(),
    guessed: z.boolean(),
    steps: z.array(
      z.object({ what: z.string(), how: z.string(), source: z.string(), keys: z.number(), calls: z.number() }).loose(),
    ),
    objects: z.number(),
    limits: z.object({ calls: z.number(), objects: z.number(), seconds: z.number() }),
    refusal: z.object({ code: z.string(), message: z.string() }).loose().nullable(),
  })
  .loose();

export type Explanation = z.output<typeof explanation>;

/** Has a gateway explain a question instead of answering it. */
export const EXPLAIN_HEADER = { 'x-gateway-explain': 'true' } as const;

/** Undefined when the answer holds none: whoever was asked does not explain. */
export function explanationIn({ extensions }: Answer): Explanation | undefined {
  return explanation.safeParse(extensions?.explain).data;
}
