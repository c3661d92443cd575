/** Holds some 110 MB and replaces all of it, piece by piece, many times, as a catalog is; prints `grew N`: by how many percent of that the heap grew. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { limitHeapGrowth } from '../../src/cli/limit-heap-growth.ts';

const PIECES = 1_200;
const ROUNDS = 8;

limitHeapGrowth();
const piece = (n: number): object[] => Array.from({ length: 1_000 }, (_, row) => ({ n, row, name: `${n}-${row}` }));
const held = Array.from({ length: PIECES }, (_, n) => piece(n));
setFlagsFromString('--expose-gc');
(runInNewContext('gc') as () => void)();
const before = process.memoryUsage().heapUsed;
let most = 0;
for (let turn = 0; turn < PIECES * ROUNDS; turn++) {
  held[(turn * 7) % PIECES] = piece(turn);
  if (turn % 10 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
}
process.stdout.write(`grew ${Math.round((100 * (most - before)) / before)}\n`);
