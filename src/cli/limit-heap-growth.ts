import { execArgv } from 'node:process';
import { setFlagsFromString } from 'node:v8';

const FLAG = '--heap-growing-percent';
/** With 30, a fifth of the time that lists take went into collecting; with more, none was saved. */
const PERCENT = 100;

/**
 * Has all of the heap collected when it has grown to twice what it held. V8 by itself lets it grow to four times as much on
 * a machine with memory to spare: a gateway would take more memory for hours, as catalogs and answers come and go. What is
 * given to Node.js with the command stands. For a process that is the gateway's own: whoever mounts it decides for theirs.
 */
export function limitHeapGrowth(): void {
  // V8 takes underscores too, and remembers the last.
  if (execArgv.some((flag) => flag.replaceAll('_', '-').startsWith(FLAG))) return;
  setFlagsFromString(`${FLAG}=${PERCENT}`);
}
