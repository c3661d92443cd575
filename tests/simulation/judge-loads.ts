import { DeadlineError } from '../../src/mode/errors/deadline-error.ts';
import { UpstreamError } from '../../src/mode/errors/upstream-error.ts';
import { CodedError } from '../../src/throttle/coded-error.ts';
import { RateLimitedError } from '../../src/throttle/rate-limited-error.ts';
import type { Entry } from './ledger.ts';
import { nameOf, type Load } from './load.ts';
import { judgeValue } from './judge-value.ts';
import type { Asked } from './run-operation.ts';
import type { Sleep } from './simulated-clock.ts';

export interface LoadsToJudge {
  readonly asked: readonly Asked[];
  readonly ledger: readonly Entry[];
  readonly sleeps: readonly Sleep[];
  /** Everything must be had, whole. */
  readonly isHealthy: boolean;
  readonly hasDiscovery: boolean;
}

/** How each load ended: in the truth, in an error of its own calls, or with its caller; and in time. */
export function judgeLoads({ asked, ledger, sleeps, isHealthy, hasDiscovery }: LoadsToJudge): string[] {
  return asked.flatMap((each) => {
    const name = `${nameOf(each.load)} (${each.facts})`;
    if (!each.end) return [`hangs: ${name}`];
    const late = judgeTime(each, sleeps);
    const wrong = each.end.loaded
      ? judgeValue(each.load, each.facts, each.end.loaded, isHealthy && (hasDiscovery || each.load.kind !== 'stats'))
      : judgeError(each, each.end.error, ledger, sleeps, isHealthy);
    return [
      ...(late === undefined ? [] : [`late: ${name} ${late}`]),
      ...(wrong === undefined ? [] : [`value: ${name}: ${wrong}`]),
    ];
  });
}

function judgeTime({ operation, askedAt, end }: Asked, sleeps: readonly Sleep[]): string | undefined {
  const { deadline, abortedAt } = operation;
  if (!end) return undefined;
  if (abortedAt !== undefined && end.at > Math.max(askedAt, abortedAt)) return 'ended long after it was given up';
  const woken = sleeps.find(({ from, to }) => from <= deadline && deadline < to)?.to ?? deadline;
  const lateMs = end.at - Math.max(woken, askedAt);
  return lateMs > 0 ? `ended ${lateMs} ms after its deadline` : undefined;
}

function judgeError(
  { load, operation, end }: Asked,
  error: unknown,
  ledger: readonly Entry[],
  sleeps: readonly Sleep[],
  isHealthy: boolean,
): string | undefined {
  if (operation.abortedAt !== undefined && error === operation.reason) return undefined;
  if (!(error instanceof CodedError)) return `an error nobody foresaw: ${describe(error)}`;
  if (isHealthy) return `failed though nothing went wrong: ${describe(error)}`;
  if (error instanceof DeadlineError) return undefined;
  // An operation asks for one thing once: its earlier failure is this load's too.
  const during = ledger.filter(
    (entry) => (entry.endedAt ?? Infinity) >= operation.beganAt && entry.sentAt <= (end?.at ?? 0),
  );
  if (error instanceof RateLimitedError) {
    const isExplained = ledger.some((entry) => entry.status === 429 && (entry.endedAt ?? Infinity) <= (end?.at ?? 0));
    return isExplained ? undefined : 'was told of a refusal that never was';
  }
  if (!(error instanceof UpstreamError)) return undefined;
  if (error.subject.api === 'DISCOVERY') return `failed for Discovery's failure: ${describe(error)}`;
  const isSlept = sleeps.some(({ from, to }) => to >= operation.beganAt && from <= (end?.at ?? 0));
  const isExplained = during.some(
    (entry) =>
      isOf(load, entry.path) &&
      // Too slow counts as trouble, and so does an answer that came while the machine slept.
      (entry.trouble !== undefined || isSlept || entry.isGivenUp || entry.status === undefined),
  );
  return isExplained ? undefined : `failed though none of its own calls did: ${describe(error)}`;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

const ANY = '[0-9a-f]+';

/** Whether a load may need a call, to answer itself: what goes wrong with any other must not be told to it. */
export function isOf(load: Load, path: string): boolean {
  return new RegExp(`^/api/acme(${pathsOf(load).join('|')})$`).test(path);
}

function pathsOf(load: Load): string[] {
  const list = String.raw`/spaces\?.*`;
  switch (load.kind) {
    case 'report':
      return [`/reports/${load.token}`];
    case 'reportsOf':
      return [String.raw`/spaces/${load.token}/reports\?.*`, `/reports/${ANY}`];
    case 'queriesOf':
      return [`/reports/${load.token}/queries`];
    case 'query':
      return [`/reports/${load.report}/queries/${load.query}`, `/reports/${load.report}/queries`];
    case 'chartsOf':
      return [`/reports/${load.report}/queries/${load.query}/charts`];
    case 'chart':
      return [`/reports/${load.report}/queries/${load.query}/charts(/${load.chart})?`];
    case 'collection':
      return [`/spaces/${load.token}`, list];
    case 'collections':
      return [list];
    case 'allReports':
      return [list, String.raw`/spaces/${ANY}/reports\?.*`, `/reports/${ANY}`];
    case 'queriesWithin':
    case 'chartsWithin':
      return [list, String.raw`/spaces/${ANY}/reports\?.*`, `/reports/${ANY}/queries(/${ANY}/charts)?`];
    case 'members':
      return ['/memberships/lite'];
    case 'dataSources':
      return ['/data_sources'];
    case 'workspace':
      return [''];
    case 'stats':
      return ['nothing'];
  }
}
