import type { Clock } from '../throttle/clock.ts';
import { UpstreamUnauthenticatedError } from './errors/upstream-unauthenticated-error.ts';
import { underSignal, type CallContext } from './call-context.ts';
import type { Http } from './http.ts';
import { check, misfit } from './payloads/check.ts';
import {
  discoveryCounters,
  LIST_READERS,
  type DiscoveryList,
  type DiscoveryListName,
  type DiscoveryRows,
} from './discovery/lists.ts';
import { printOfPage, type PagePrint } from './discovery/page-print.ts';
import { scan, type ScannedPage, type ScanOptions } from './discovery/scan.ts';
import type { SignatureTokens } from './discovery/signature-token.ts';
import type { Provenance } from './records.ts';
import { path } from './rest/endpoint.ts';
import { slices } from './slices.ts';

export { DISCOVERY_LISTS, type DiscoveryListName, type DiscoveryRows } from './discovery/lists.ts';

/** A list as Discovery told it, whole. */
export interface DiscoveryScan<Row> {
  /** Undefined when `accept` declined to read so many pages. */
  readonly rows: readonly Row[] | undefined;
  /** Calls it takes. */
  readonly pages: number;
  /** When the scan began, in milliseconds since the epoch: Mode told us no row earlier. */
  readonly asOf: number;
}

export interface DiscoveryScanOptions<Row> extends Pick<
  ScanOptions<Row>,
  'accept' | 'knownPages' | 'onProgress' | 'take'
> {
  /** Rows that `take` returned for a page of this number and digest, so that they need not be read from it again. */
  recall?(page: number, digest: string): readonly Row[] | undefined;
}

export interface DiscoveryClient {
  /**
   * Reads a whole list, 1,000 rows a call: `GET /batch/{workspace}/{list}`.
   *
   * @throws {UpstreamError} as soon as one page fails for good
   */
  scan<Name extends DiscoveryListName>(
    name: Name,
    options: DiscoveryScanOptions<DiscoveryRows[Name]>,
    call: CallContext,
  ): Promise<DiscoveryScan<DiscoveryRows[Name]>>;
}

export interface DiscoveryClientOptions {
  readonly http: Http;
  readonly workspace: string;
  readonly tokens: SignatureTokens;
  readonly clock: Clock;
}

interface PageReading<Row> {
  /** Of rows that are new. */
  readonly provenance: Provenance;
  recall(digest: string): readonly Row[] | undefined;
}

export function createDiscoveryClient({ http, workspace, tokens, clock }: DiscoveryClientOptions): DiscoveryClient {
  return {
    async scan(name, options, call) {
      const list = LIST_READERS[name] as DiscoveryList<DiscoveryRows[typeof name]>;
      // One object for all rows: it is the same for each, and there may be a great many.
      // Whole milliseconds, as files and cursors write it.
      const provenance = { source: 'DISCOVERY', asOf: Math.floor(clock.now()) } as const;
      const failed = new AbortController();
      const signal = call.signal ? AbortSignal.any([call.signal, failed.signal]) : failed.signal;
      try {
        const result = await scan({
          ...options,
          readPage: (number) => {
            const recall = (digest: string) => options.recall?.(number, digest);
            return readListPage(list, number, { provenance, recall }, underSignal(call, signal));
          },
          keyOf: (row) => list.keyOf(row),
        });
        return { ...result, asOf: provenance.asOf };
      } catch (error) {
        // The scan is lost: its other pages must not go on spending calls.
        failed.abort();
        throw error;
      }
    },
  };

  async function readListPage<Row>(
    list: DiscoveryList<Row>,
    number: number,
    { provenance, recall }: PageReading<Row>,
    call: CallContext,
  ): Promise<ScannedPage<Row>> {
    let print: PagePrint | undefined;
    let recalled: readonly Row[] | undefined;
    const recognise = (text: string): unknown => {
      print = printOfPage(text);
      recalled = print && recall(print.digest);
      return recalled && { pagination: print?.pagination };
    };
    const subject = { api: 'DISCOVERY', endpoint: `/batch/{workspace}/${list.segment}` } as const;
    const attempt = (authorization: string) =>
      http.request(
        {
          subject,
          path: path`/batch/${workspace}/${list.segment}`,
          // No `per_page`: the documentation forbids the 1,000 that is the default.
          search: { page: String(number), ...(list.includesPrivate && { include_spaces: 'all' }) },
          authorization,
          missing: [401, 404],
          recognise,
        },
        call,
      );
    const authorization = await tokens.current(call.onCall);
    let answer = await attempt(authorization);
    if (!answer) {
      // A dead token shows as 401 or as 404; a new one is worth one try.
      const replacement = await tokens.replace(authorization, call.onCall);
      answer = replacement === undefined ? undefined : await attempt(replacement);
    }
    if (!answer) throw new UpstreamUnauthenticatedError(subject);
    const digest = print?.digest;
    if (recalled) {
      const { pagination } = check(discoveryCounters, answer.body, subject);
      return { ...pagination, rows: recalled, digest, isRecalled: true };
    }
    const { toRows, ...counters } = check(list.page, answer.body, subject);
    const rows = await toRows(provenance, slices, (field) => {
      throw misfit(field, subject);
    });
    return { ...counters, rows, digest };
  }
}
