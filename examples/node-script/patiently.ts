import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from 'graphql-request';

/** What passes by itself: the limit was used up, Mode asks for a pause, or the gateway is being restarted. */
const PASSING = new Set(['UPSTREAM_BUDGET_EXHAUSTED', 'UPSTREAM_RATE_LIMITED', 'STOPPING']);

const MOST_ATTEMPTS = 10;

/**
 * Asks again when the gateway says that it makes sense to, and not before it says so. What one attempt has read, the
 * next need not: the gateway goes on reading lists that somebody has asked for.
 */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const seconds = secondsToWait(error);
      if (seconds === undefined || attempt === MOST_ATTEMPTS) throw error;
      console.error(`Mode’s limit is used up for now; asking again in ${seconds} s.`);
      await sleep(seconds * 1000);
    }
  }
}

/** Undefined for what asking again would not mend. */
function secondsToWait(error: unknown): number | undefined {
  if (!(error instanceof ClientError)) return undefined;
  const { errors = [], headers } = error.response;
  if (!errors.some(({ extensions }) => PASSING.has(String(extensions.code)))) return undefined;
  const said = headers instanceof Headers ? Number(headers.get('retry-after') ?? Number.NaN) : Number.NaN;
  // With it the gateway says when all that it refused may be asked again.
  return Number.isFinite(said) ? said : 10;
}
