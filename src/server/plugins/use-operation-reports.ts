import { getOperationAST, type DocumentNode, type ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { sumOfBills } from '../../loading/bill.ts';
import type { Operation } from '../../loading/operation.ts';
import type { GatewayContext } from '../../schema/context.ts';
import type { Clock } from '../../throttle/clock.ts';
import { callerOf } from '../callers/caller-of.ts';
import { asksToExplain } from '../explaining.ts';
import { codesOf, outcomeOf, type OnOperation, type OperationReport, type OperationType } from '../operation-report.ts';
import { GivenAgain } from '../kept-answers/written-answer.ts';
import { refusalCodeOf } from '../refusal.ts';
import { requestIdOf } from '../request-id.ts';

export interface OperationReportOptions {
  /** Paths at which questions are asked. */
  readonly paths: readonly string[];
  readonly clock: Clock;
  readonly onOperation: OnOperation;
}

/** A name is the caller's to choose, and would be as long as the caller likes. */
const LONGEST_NAME = 100;

interface Draft {
  readonly startedAt: number;
  name?: string | undefined;
  type?: OperationType | undefined;
  /** More than one in a batch. */
  readonly operations: Operation[];
  /** Answers that were given again: no operation was carried out for them. */
  again: readonly GivenAgain[];
  result?: ExecutionResult;
  status?: number;
  refusalCode?: string | undefined;
}

/**
 * Follows each question from the moment it has come in, and tells of it once, when it is over: answered, refused, or
 * given up by its caller. Stands before whatever refuses questions, or refusals would go untold.
 */
export function useOperationReports({ paths, clock, onOperation }: OperationReportOptions): Plugin<GatewayContext> {
  const drafts = new WeakMap<Request, Draft>();
  return {
    instrumentation: {
      // Whatever happens inside, such as an error that no hook is told of.
      async request({ request }, wrapped) {
        try {
          await wrapped();
        } finally {
          const draft = drafts.get(request);
          if (draft) {
            // The calls that are cut when the caller hangs up are over a moment later; they were made all the same.
            if (request.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
            onOperation(report(request, draft, clock.now()));
          }
        }
      },
    },
    onRequest({ request, url }) {
      if (paths.includes(url.pathname)) drafts.set(request, { startedAt: clock.now(), operations: [], again: [] });
    },
    onParse({ context: { request, params } }) {
      const draft = drafts.get(request);
      return ({ result }) => {
        if (!draft || !isDocument(result)) return;
        const operation = getOperationAST(result, params.operationName);
        draft.name = operation?.name?.value.slice(0, LONGEST_NAME);
        draft.type = operation?.operation;
      };
    },
    onExecute({ args }) {
      const { request, operation } = args.contextValue;
      const draft = drafts.get(request);
      draft?.operations.push(operation);
    },
    onResultProcess({ request, result }) {
      const draft = drafts.get(request);
      if (!draft || (!Array.isArray(result) && Symbol.asyncIterator in result)) return;
      draft.again = (Array.isArray(result) ? result : [result]).filter((each) => each instanceof GivenAgain);
      draft.result = together(result);
    },
    onResponse({ request, response }) {
      const draft = drafts.get(request);
      if (!draft) return;
      draft.status = response.status;
      draft.refusalCode = refusalCodeOf(response);
    },
  };
}

function report(request: Request, draft: Draft, now: number): OperationReport {
  const { startedAt, operations, again, result, status, refusalCode } = draft;
  // Of a batch, the one that was begun last.
  const name = draft.name ?? again.at(-1)?.kept.name?.slice(0, LONGEST_NAME);
  const type = draft.type ?? (again.length > 0 ? 'query' : undefined);
  const isAborted = request.signal.aborted;
  const common = {
    request,
    requestId: requestIdOf(request),
    caller: callerOf(request).name,
    name,
    type,
    durationMs: now - startedAt,
    bill: sumOfBills([...operations.map((operation) => operation.bill()), ...again.map(({ kept }) => kept.bill)]),
  };
  if (isAborted) return { ...common, outcome: 'aborted', codes: new Map(), status: undefined };
  if (!result) return { ...common, outcome: 'refused', codes: new Map(refusalCode ? [[refusalCode, 1]] : []), status };
  const outcome = outcomeOf(result);
  const isExplained = outcome === 'ok' && asksToExplain(request);
  return { ...common, outcome: isExplained ? 'explained' : outcome, codes: codesOf(result.errors), status };
}

/** A batch is one request, and has one line: an error of one of its questions is an error of it. */
function together(result: ExecutionResult | readonly ExecutionResult[]): ExecutionResult {
  if (!isBatch(result)) return result;
  const errors = result.flatMap((each) => each.errors ?? []);
  const answered = result.find(({ data }) => data !== undefined && data !== null);
  return { ...(answered?.data && { data: answered.data }), ...(errors.length > 0 && { errors }) };
}

function isBatch(result: ExecutionResult | readonly ExecutionResult[]): result is readonly ExecutionResult[] {
  return Array.isArray(result);
}

function isDocument(parsed: unknown): parsed is DocumentNode {
  return typeof parsed === 'object' && parsed !== null && 'kind' in parsed && parsed.kind === 'Document';
}
