import type { Api } from '../ledger.ts';

/** An answer ready for the wire. */
export interface Outgoing {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What each service calls its JSON. */
export const CONTENT_TYPE: Record<Api, string> = { REST: 'application/hal+json', DISCOVERY: 'application/json' };
