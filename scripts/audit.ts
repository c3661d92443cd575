/**
 * What the registry knows of our dependencies. "advisories": is one of them known to be vulnerable, at level high or
 * above? "signatures": is each what the registry signed?
 *
 * Ends with 0 when nothing was found, with 1 when something was, and with 1 when it cannot be told from npm's answer which. A
 * registry that does not serve these (many mirrors do not), or no network, says nothing of the dependencies: then it
 * says "not done: ..." and ends with 0. Whoever runs this must show that line and not call it a success.
 */
import { spawnSync } from 'node:child_process';
import { readAdvisories, readSignatures, type AuditResult } from './read-audit.ts';

const AUDITS: Readonly<Record<string, { readonly args: readonly string[]; read(text: string): AuditResult }>> = {
  advisories: { args: ['audit', '--audit-level=high', '--json'], read: readAdvisories },
  signatures: { args: ['audit', 'signatures', '--json'], read: readSignatures },
};

/** npm tries for minutes to reach what is not there. */
const PATIENCE = ['--fetch-retries=1', '--fetch-timeout=30000'];

const audit = AUDITS[process.argv[2] ?? ''];
if (audit === undefined) {
  process.stderr.write(`Usage: audit.ts ${Object.keys(AUDITS).join(' | ')}\n`);
  process.exit(2);
}
const { stdout, error } = spawnSync('npm', [...audit.args, ...PATIENCE], { encoding: 'utf8', timeout: 150_000 });
const isSlow = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
const result: AuditResult = isSlow ? { kind: 'not done', why: 'no answer in time' } : audit.read(stdout);
if (result.kind === 'not done') console.log(`not done: ${result.why}`);
else for (const line of result.lines) console.log(line);
process.exitCode = result.kind === 'found' ? 1 : 0;
