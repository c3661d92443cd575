import type { SimCollection, SimReport } from '../world/rows.ts';
import { failure, ok } from './answer.ts';
import { envelope, reportList } from './list-answer.ts';
import { counters, cut, readPage } from './paging.ts';
import { collectionPayload } from './payload/collection-payload.ts';
import { reportPayload } from './payload/report-payload.ts';
import { missing, refusal } from './resolve.ts';
import type { Handler, RestCall } from './rest-call.ts';

/** Without parameters only the first page comes back, and nothing says so. */
export const listCollections: Handler = (call) => {
  const { world, behaviour } = call.scene;
  const filter = call.query.get('filter');
  const keeps = FILTERS[filter ?? ''];
  if (filter !== null && keeps === undefined && behaviour.unknownFilter === 'rejected') {
    return failure(400, 'Unknown filter.');
  }
  const keep = keeps ?? belongs;
  const rows = world.collections.filter((row) => world.canSee(call.who, row.token) && keep(call, row));
  const page = readPage(call.query, behaviour.pageSize, behaviour.pageSize);
  const counted = page.asked || behaviour.collectionCounters === 'always';
  return envelope(
    call,
    { spaces: cut(rows, page).map((row) => collectionPayload(call.scene, row, 'listed')) },
    counted ? counters(rows.length, page) : undefined,
  );
};

export const getCollection: Handler = (call) => {
  const token = call.tokens.space ?? '';
  const row = call.scene.world.collectionByToken.get(token);
  if (row === undefined) return missing('collection');
  return refusal(call, token, 'collection') ?? ok(collectionPayload(call.scene, row, 'single'));
};

export const listCollectionReports: Handler = (call) => listIn(call, () => true);

export const listCollectionDatasets: Handler = (call) => listIn(call, (row) => row.type === 'DatasetReport');

function listIn(call: RestCall, keep: (row: SimReport) => boolean): ReturnType<Handler> {
  const { world, behaviour } = call.scene;
  const token = call.tokens.space ?? '';
  if (!world.collectionByToken.has(token)) return missing('collection');
  const refused = refusal(call, token, 'collection', 'parent');
  if (refused) return refused;
  const rows = (world.reportsByCollection.get(token) ?? []).filter(
    (row) => !world.deleted.has(row.token) && keep(row) && (behaviour.archivedInLists || !row.archived),
  );
  return reportList(call, rows, (row) => reportPayload(call.scene, row));
}

function belongs(call: RestCall, row: SimCollection): boolean {
  return call.scene.world.belongsTo(call.who, row);
}

/** The filters Mode knows, by their exact spelling. Each narrows what the caller may see. */
const FILTERS: Record<string, ((call: RestCall, row: SimCollection) => boolean) | undefined> = {
  all: () => true,
  custom: (_call, row) => row.type === 'custom',
  mine: (call, row) => row.creatorUsername === call.scene.world[call.who].username,
};
