import type { DiscoveryAccess } from './discovery-access.ts';

/** What an operation can remember of the workspace without a call: to reckon with, never to answer with. */
export type Recall = Pick<DiscoveryAccess, 'hint' | 'held' | 'live' | 'available'>;
