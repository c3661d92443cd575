/**
 * Floor 4, loading: how an answer is found. Loaders made for one operation and gone with it; their
 * batches are planned before a call is made.
 *
 * It knows what things are called and what finding them costs. It must never know GraphQL types, nor
 * a URL.
 */
import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { DataSourceRecord, ReportRunRecord, ReportStatsRecord, WorkspaceRecord } from '../mode/records.ts';
import type { RunAddress } from '../mode/rest-client.ts';
import { createChartLoaders, type ChartLoaders } from './chart-loaders.ts';
import { createCollectionLoaders, type CollectionLoaders } from './collection-loaders.ts';
import { once } from './made-once.ts';
import { andThen, type MaybePromise } from './maybe-promise.ts';
import { createMemberLoaders, type MemberLoaders } from './member-loaders.ts';
import type { LoadingParts } from './parts.ts';
import { createQueryLoaders, type QueryLoaders } from './query-loaders.ts';
import { createReportLoaders, type ReportLoaders } from './report-loaders.ts';
import { createWorkspaceLoaders, type WorkspaceLoaders } from './workspace-loaders.ts';

/** Null means hidden, deleted or never there; it is an answer, not an error. */
export interface Loaders
  extends CollectionLoaders, ReportLoaders, QueryLoaders, ChartLoaders, MemberLoaders, WorkspaceLoaders {
  workspace(): Promise<WorkspaceRecord>;
  dataSources(): MaybePromise<readonly DataSourceRecord[]>;
  run(address: RunAddress): Promise<ReportRunRecord | null>;
  /** Undefined when Discovery cannot be read: nothing else has them. */
  stats(): MaybePromise<ListSnapshot<ReportStatsRecord> | undefined>;
}

export function createLoaders(parts: LoadingParts): Loaders {
  const { rest, discovery, bill } = parts;
  return {
    ...createCollectionLoaders(parts),
    ...createReportLoaders(parts),
    ...createQueryLoaders(parts),
    ...createChartLoaders(parts),
    ...createMemberLoaders(parts),
    ...createWorkspaceLoaders(parts),
    async workspace() {
      const [record] = await discovery.reference('workspace', async () => [await rest.workspace()]);
      return record ?? rest.workspace();
    },
    dataSources: () => discovery.reference('dataSources', () => rest.dataSources()),
    run: (address) => rest.run(address),
    // Once, however many reports ask: it is one step of the plan.
    stats: once(() => {
      const offer = discovery.offer('STATS', 'stats');
      const read = offer && (discovery.use('stats') ?? discovery.read('stats', Infinity));
      return andThen(read, (snapshot) => {
        if (offer && snapshot) {
          bill.planned([{ what: 'stats', how: offer.how, source: 'STATS', keys: 1, calls: offer.calls, batches: 1 }]);
          bill.usedSnapshot(snapshot.asOf);
        } else {
          bill.noteDiscoveryMissing();
        }
        return snapshot;
      });
    }),
  };
}
