import type { RestClient } from '../mode/rest-client.ts';
import { BillKeeper, type Bill } from './bill.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** One question being answered: its loaders, its bill, and the signal that says nobody listens any more. */
export interface Operation {
  readonly workspace: string;
  readonly load: Loaders;
  bill(): Bill;
}

export interface OperationOptions {
  readonly rest: RestClient;
  readonly signal: AbortSignal;
  readonly keepLayout: boolean;
}

export function openOperation({ rest, signal, keepLayout }: OperationOptions): Operation {
  const keeper = new BillKeeper();
  return {
    workspace: rest.workspace,
    load: createLoaders({ rest, call: { signal, onCall: keeper.add }, keepLayout }),
    bill: () => keeper.read(),
  };
}
