import type { PlannedStep } from '../../loading/bill.ts';
import { madeOnce } from '../../loading/made-once.ts';
import type { OperationReport } from '../operation-report.ts';

export type LineLevel = 'info' | 'warn' | 'error';

/** One question, as its line shows it. Fields that do not apply are left out. */
export interface OperationLine {
  readonly requestId: string;
  readonly caller: string;
  readonly operation?: string;
  readonly type?: string;
  readonly outcome: string;
  /** Each once. */
  readonly codes?: readonly string[];
  readonly status?: number;
  readonly durationMs: number;
  /** Calls to each API. */
  readonly rest?: number;
  readonly discovery?: number;
  readonly waitedMs?: number;
  /** `reports scan DISCOVERY keys=3 calls=5`, one for each way in which things were found. */
  readonly plan?: readonly string[];
}

export function operationLine(report: OperationReport): OperationLine {
  const { requestId, caller, name, type, outcome, codes, status, durationMs, bill } = report;
  return {
    requestId,
    caller,
    ...(name !== undefined && { operation: name }),
    ...(type !== undefined && { type }),
    outcome,
    ...(codes.size > 0 && { codes: [...codes.keys()] }),
    ...(status !== undefined && { status }),
    durationMs: Math.round(durationMs * 10) / 10,
    ...(bill && { rest: bill.calls.rest, discovery: bill.calls.discovery, waitedMs: bill.waitedMs }),
    ...(bill && bill.plan.length > 0 && { plan: stepsOf(bill.plan) }),
  };
}

/**
 * `error` when the gateway failed the caller, `warn` when Mode did; what is the caller's own doing is `info`, refusals
 * included: no flood of those may drown the other two.
 */
export function levelOf({ codes }: OperationReport): LineLevel {
  const all = [...codes.keys()];
  if (all.includes('INTERNAL_SERVER_ERROR')) return 'error';
  return all.some((code) => code.startsWith('UPSTREAM_')) ? 'warn' : 'info';
}

/** Of an answer that is given again, ever the same. */
const stepsOf = madeOnce((plan: readonly PlannedStep[]) => plan.map(step));

function step({ what, how, source, keys, calls }: PlannedStep): string {
  return `${what} ${how} ${source} keys=${keys} calls=${calls}`;
}
