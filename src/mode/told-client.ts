import type { RestClient } from './rest-client.ts';

/** The same client; `tell` is called before each read, whether it makes a call or joins one that is under way. */
export function toldClient(client: RestClient, tell: () => void): RestClient {
  const told =
    <Arguments extends readonly unknown[], Value>(read: (...all: Arguments) => Value) =>
    (...all: Arguments): Value => {
      tell();
      return read(...all);
    };
  return {
    workspace: client.workspace,
    verify: told(client.verify),
    readWorkspace: told(client.readWorkspace),
    listCollections: told(client.listCollections),
    readCollection: told(client.readCollection),
    listReports: told(client.listReports),
    readReport: told(client.readReport),
    listReportQueries: told(client.listReportQueries),
    readReportQuery: told(client.readReportQuery),
    listCharts: told(client.listCharts),
    readChart: told(client.readChart),
    listDataSources: told(client.listDataSources),
    listMembers: told(client.listMembers),
    readReportRun: told(client.readReportRun),
  };
}
