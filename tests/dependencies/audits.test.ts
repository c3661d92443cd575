import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAdvisories, readSignatures } from '../../scripts/read-audit.ts';

const found = (counts: object, vulnerabilities: object = {}): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0, ...counts } },
  });

/** As npm 11 wrote it when its registry refused the question. */
const REFUSED = JSON.stringify({
  message: '405 Method Not Allowed',
  statusCode: 405,
  error: { summary: '', detail: '' },
});
const NO_NETWORK = JSON.stringify({ error: { code: 'ENOTFOUND', summary: 'request failed', detail: '' } });
const NO_KEYS = JSON.stringify({
  error: { summary: 'found no dependencies to audit that were installed from a supported registry', detail: '' },
});

describe('an audit', () => {
  it('that finds nothing is clean', () => {
    expect(readAdvisories(found({}))).toMatchObject({ kind: 'clean' });
    expect(readSignatures('{"invalid":[],"missing":[]}')).toMatchObject({ kind: 'clean' });
  });

  it('that finds what is not high is clean, and tells', () => {
    expect(readAdvisories(found({ moderate: 2 }))).toEqual({
      kind: 'clean',
      lines: ['0 critical, 0 high, 2 moderate, 0 low'],
    });
  });

  it('that finds something fails, and names it', () => {
    expect(readAdvisories(found({ high: 1 }, { leftpad: { severity: 'high', range: '<1.2.3' } }))).toEqual({
      kind: 'found',
      lines: ['0 critical, 1 high, 0 moderate, 0 low', 'high: leftpad <1.2.3'],
    });
    const signatures = { invalid: [{ name: 'leftpad', version: '1.0.0' }], missing: [] };
    expect(readSignatures(JSON.stringify(signatures))).toEqual({
      kind: 'found',
      lines: ['invalid signature: leftpad 1.0.0'],
    });
  });

  it.each([
    ['refuses', REFUSED],
    ['cannot be reached', NO_NETWORK],
  ])('whose registry %s is neither: it was not done', (_what, text) => {
    expect(readAdvisories(text)).toMatchObject({ kind: 'not done' });
    expect(readSignatures(text)).toMatchObject({ kind: 'not done' });
  });

  it('whose registry signs nothing was not done', () => {
    expect(readSignatures(NO_KEYS)).toMatchObject({ kind: 'not done' });
  });

  it.each(['', 'Segmentation fault', '{}', '{"error":{"code":"EINTEGRITY"}}', '{"statusCode":418,"error":{}}'])(
    'that ends in a way nobody understands fails: %s',
    (text) => {
      expect(readAdvisories(text)).toMatchObject({ kind: 'found' });
      expect(readSignatures(text)).toMatchObject({ kind: 'found' });
    },
  );
});

describe('a step of CI', () => {
  const logs = mkdtempSync(join(tmpdir(), 'step-'));

  afterAll(() => {
    rmSync(logs, { recursive: true });
  });

  /** What `step` of .ci/run prints for a command, and how many steps it then counts as failed. */
  const run = (command: string): string =>
    execFileSync(
      'bash',
      [
        '-c',
        `source <(sed -n '/^step() {/,/^}/p' .ci/run); logs=$1 failed_steps=0; step name bash -c "$2" || true; echo "$failed_steps"`,
        'bash',
        logs,
        command,
      ],
      { encoding: 'utf8' },
    ).replace(/ \(\d+ s\)/, '');

  it('that was not done is not called ok', () => {
    expect(run('echo "not done: no network"')).toBe('NOT DONE  name: no network\n0\n');
  });

  it('that succeeded is', () => {
    expect(run('echo fine, and not done: with it')).toBe('ok      name\n0\n');
  });

  it('that failed shows why, whatever it says', () => {
    expect(run('echo "not done: no network"; exit 1')).toBe('FAILED  name\nnot done: no network\n1\n');
  });
});
