import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Bill } from '../loading/bill.ts';

/**
 * `ok`: no error. `partial`: some. `error`: nothing but errors. `refused`: it was never carried out, because it could
 * not be or its caller may not ask. `aborted`: the caller hung up before it was answered. `explained`: it was not
 * asked, but what it would cost.
 */
export type Outcome = 'ok' | 'partial' | 'error' | 'refused' | 'aborted' | 'explained';

export type OperationType = 'query' | 'mutation' | 'subscription';

/** How one question went: what its log line, the metrics and its span are made of. Nothing of what was asked or answered. */
export interface OperationReport {
  readonly request: Request;
  readonly requestId: string;
  /** Of whoever asked; never a key. */
  readonly caller: string;
  /** As the document calls it; undefined when it does not, or there is no document that can be read. */
  readonly name: string | undefined;
  readonly type: OperationType | undefined;
  readonly outcome: Outcome;
  /** How often each code stands in the answer. */
  readonly codes: ReadonlyMap<string, number>;
  /** Of the HTTP answer; undefined when the caller hung up. */
  readonly status: number | undefined;
  readonly durationMs: number;
  /** Undefined when it was refused. */
  readonly bill: Bill | undefined;
}

/** Told of each question when it is over. */
export type OnOperation = (report: OperationReport) => void;

/** What an answer says of how it went; `data` is absent when nothing was carried out. */
export function outcomeOf(result: ExecutionResult): Outcome {
  const { errors = [] } = result;
  if (errors.length === 0) return 'ok';
  const { data } = result;
  if (data === undefined) return 'refused';
  return data === null ? 'error' : 'partial';
}

export function codesOf(errors: readonly GraphQLError[] = []): Map<string, number> {
  const codes = new Map<string, number>();
  for (const { extensions } of errors) {
    const code = typeof extensions.code === 'string' ? extensions.code : 'UNKNOWN';
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  return codes;
}
