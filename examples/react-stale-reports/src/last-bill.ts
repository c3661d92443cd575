import { useSyncExternalStore } from 'react';

/** What every answer of the gateway says under `extensions.upstream`; the parts that are shown here. */
export interface Bill {
  readonly calls: { readonly rest: number; readonly discovery: number };
  /** Milliseconds spent in the queue for Mode’s limit. */
  readonly waitedMs: number;
  /** How old the oldest list was that was used, ISO 8601; null when none was. */
  readonly snapshotAsOf: string | null;
  readonly notes: readonly { readonly code: string; readonly message: string }[];
  readonly rateLimit: { readonly limit: number; readonly remaining: number };
}

let last: Bill | undefined;
const listeners = new Set<() => void>();

/** Of an answer that was not carried out there is none; the one before stays. */
export function keepBill(extensions: Record<string, unknown> | undefined): void {
  if (!extensions?.upstream) return;
  last = extensions.upstream as Bill;
  for (const tell of listeners) tell();
}

export function useLastBill(): Bill | undefined {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => last,
  );
}
