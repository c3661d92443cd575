import { findingsOf, type Finding } from './finding.ts';

/** As in package.json's `engines`; a test keeps it so. */
export const OLDEST_NODE = '20.19';

/** @param version such as `20.19.1` */
export function checkNode(version: string): Finding {
  const { ok, problem } = findingsOf('Node.js');
  if (isOlder(version, OLDEST_NODE)) {
    return problem(
      `This is Node.js ${version}; the gateway needs ${OLDEST_NODE} or newer.`,
      'Install the current LTS.',
    );
  }
  return ok(`Node.js ${version}.`);
}

function isOlder(version: string, floor: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [floorMajor = 0, floorMinor = 0] = floor.split('.').map(Number);
  return major < floorMajor || (major === floorMajor && minor < floorMinor);
}
