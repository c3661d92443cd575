/** Given to Node with --import: writes the address of each module that the process loads on its standard error. */
import { register } from 'node:module';

const hooks = `
  import { writeSync } from 'node:fs';
  export function resolve(specifier, context, next) {
    writeSync(2, 'loads ' + specifier + '\\n');
    return next(specifier, context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
