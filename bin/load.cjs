'use strict';
/*
 * Loads the command itself. A file of its own: a very old Node.js cannot even parse "import()", and would say so before
 * bin/needs-node.cjs had a chance to.
 */
const { existsSync } = require('fs');
const { join } = require('path');
const process = require('process');

const ROOT = join(__dirname, '..');

/** As "npm ci" has built it. */
exports.built = () => {
  // Else graphql looks twice at whatever it is given, for mistakes that only whoever writes a schema can make.
  process.env.NODE_ENV ??= 'production';
  if (!existsSync(join(ROOT, 'dist', 'cli.js'))) {
    fail('There is no dist/ yet, where the built command would be: run "npm run build", then the same again.');
    return;
  }
  return import('../dist/cli.js');
};

/** From its sources, which tsx turns into JavaScript as they are read. */
exports.sources = () => {
  try {
    require.resolve('tsx', { paths: [ROOT] });
  } catch {
    fail('The packages that this needs are not installed yet: run "npm ci", then the same again.');
    return;
  }
  return import('tsx').then(() => import('../src/cli.ts'));
};

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
