import type { CallContext } from './call-context.ts';
import type { Flights } from './flights.ts';
import type { RestClient } from './rest-client.ts';

type Read<Arguments extends readonly unknown[], Value> = (...all: [...Arguments, CallContext]) => Promise<Value>;

/**
 * The same client, but what is being read already is not read once more: whoever asks for it, from whichever
 * operation, waits for the reading under way. Nothing is kept beyond it.
 */
export function shareReads(client: RestClient, flights: Flights): RestClient {
  const share =
    <Arguments extends readonly unknown[], Value>(name: string, read: Read<Arguments, Value>): Read<Arguments, Value> =>
    (...all) => {
      const call = all.at(-1) as CallContext;
      const what = all.slice(0, -1) as unknown as Arguments;
      return flights.board(JSON.stringify([name, ...what]), call, (joint) => read(...what, joint));
    };
  return {
    workspace: client.workspace,
    verify: share('verify', client.verify),
    readWorkspace: share('readWorkspace', client.readWorkspace),
    listCollections: share('listCollections', client.listCollections),
    readCollection: share('readCollection', client.readCollection),
    listReports: share('listReports', client.listReports),
    readReport: share('readReport', client.readReport),
    listReportQueries: share('listReportQueries', client.listReportQueries),
    readReportQuery: share('readReportQuery', client.readReportQuery),
    listCharts: share('listCharts', client.listCharts),
    readChart: share('readChart', client.readChart),
    listDataSources: share('listDataSources', client.listDataSources),
    listMembers: share('listMembers', client.listMembers),
    readReportRun: share('readReportRun', client.readReportRun),
  };
}
