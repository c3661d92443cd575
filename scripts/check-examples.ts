/** `npm run examples`: generates the code of each example that has some, and type-checks it, as somebody who copies it would. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const failed = readdirSync('examples').filter((name) => {
  const folder = join('examples', name);
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts?: object };
  // The root's own check covers what has none.
  if (!scripts || !('typecheck' in scripts)) return false;
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'typecheck'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${folder}`);
  if (status !== 0) console.error(stdout + stderr);
  return status !== 0;
});
if (failed.length > 0) process.exitCode = 1;
