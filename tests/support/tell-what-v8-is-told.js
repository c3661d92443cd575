/** Given to Node with --import: writes each flag that the process sets of V8 on its standard error. */
import { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import v8 from 'node:v8';

const set = v8.setFlagsFromString;
v8.setFlagsFromString = (flags) => {
  writeSync(2, `V8 is told ${flags}\n`);
  set(flags);
};
syncBuiltinESMExports();
