import { execArgv } from 'node:process';
import { setFlagsFromString } from 'node:v8';

const FLAG = '--heap-growing-percent';
const PERCENT = 30;

/**
 * Has all of the heap collected when it has grown by 30 % over what it held. V8 by itself lets it grow to four times as
 * much on a machine with memory to spare: a gateway would take more memory for hours, as catalogs and answers come and
 * go, and twice what a large catalog needs while that is read anew. What is given to Node.js with the command stands.
 * For a process that is the gateway's own: whoever mounts it has a say of their own.
 */
export function limitHeapGrowth(given: readonly string[] = execArgv): void {
  // V8 takes underscores too, and remembers the last.
  if (given.some((flag) => flag.replaceAll('_', '-').startsWith(FLAG))) return;
  setFlagsFromString(`${FLAG}=${PERCENT}`);
}
