import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { Gateway } from '../gateway.ts';
import type { Voice } from './voice.ts';

/** Longer than a window of Mode's: a token that has to wait for its deletion gets its turn. Milliseconds. */
const LONGEST_MS = 15_000;

/** After this long, somebody who waits is told for what. Milliseconds. */
const PATIENCE_MS = 1_000;

/** Takes a gateway down, and waits for what must not be left behind: lists that are being stored, a minted token. */
export async function closeGateway(gateway: Gateway, { mode }: Config, voice: Voice): Promise<void> {
  const done = new AbortController();
  const after = (ms: number, text: string): Promise<void> =>
    sleep(ms, undefined, { signal: done.signal }).then(
      () => {
        if (mode.discovery.kind === 'mint') voice.note(text);
      },
      () => undefined,
    );
  void after(PATIENCE_MS, 'Deleting the signature token, which may have to wait for the rate limit.');
  const tooLong = after(
    LONGEST_MS,
    'The signature token could not be deleted in time; it ends by itself within the hour.',
  );
  await Promise.race([gateway.dispose(), tooLong]);
  done.abort();
}
