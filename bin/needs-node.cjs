'use strict';
/*
 * Whether this Node.js is new enough, told in one sentence when it is not. Everything else here uses syntax and
 * functions that an old Node.js fails over with a stack trace, so this file is written in what all of them can read:
 * ECMAScript 2015, CommonJS, no "node:" in front of a module's name. A test parses it as such.
 */
const process = require('process');
const { engines, name } = require('../package.json');

/** As in ">=20.19". */
const OLDEST = engines.node.replace(/^>=/, '');

/** Ends with 1 when it is too old. */
exports.isNewEnough = function isNewEnough() {
  const version = process.versions.node;
  if (!isOlder(version, OLDEST)) return true;
  const told = `This is Node.js ${version}, and ${name} needs ${OLDEST} or newer`;
  const remedy = 'install the current LTS (https://nodejs.org), then run the same again.';
  process.stderr.write(`${told}: ${remedy}\n`);
  process.exitCode = 1;
  return false;
};

function isOlder(version, floor) {
  const is = version.split('.').map(Number);
  const needed = floor.split('.').map(Number);
  return is[0] < needed[0] || (is[0] === needed[0] && is[1] < needed[1]);
}
