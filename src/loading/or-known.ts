import { CodedError } from '../throttle/coded-error.ts';
import type { BillKeeper } from './bill.ts';

/**
 * Reads one thing live, or makes do with what the catalog knows of it: when Mode fails, that is still
 * served, with its date, and what REST alone knows is null. The bill says so.
 */
export async function orKnown<Row>(read: Promise<Row>, known: Row | undefined, bill: BillKeeper): Promise<Row> {
  try {
    return await read;
  } catch (error) {
    if (known === undefined || !(error instanceof CodedError)) throw error;
    bill.note({
      code: error.code,
      message: `${error.message} What the catalog knows is served instead; what REST alone knows is null.`,
    });
    return known;
  }
}
