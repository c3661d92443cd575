import { dataSourcePayload, toDataSource } from '../payloads/data-source.ts';
import type { DataSourceRecord } from '../records.ts';
import type { CallContext } from '../call-context.ts';
import { readPage, type RestScope } from './endpoint.ts';

/** `GET /data_sources`: all of them in one answer, which is also the only map between their ids and tokens. */
export async function listDataSources(scope: RestScope, context: CallContext): Promise<DataSourceRecord[]> {
  const page = await readPage(
    scope,
    { endpoint: '/data_sources', path: '/data_sources', key: 'data_sources' },
    dataSourcePayload,
    toDataSource,
    context,
  );
  return page ? [...page.rows] : [];
}
