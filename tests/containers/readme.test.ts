import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownVariables, ROOT } from './known-variables.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe('the README', () => {
  it('has a row for every variable that the gateway reads', () => {
    const rows = readme.split('\n').filter((line) => line.startsWith('| `'));
    expect(knownVariables().filter((name) => !rows.some((row) => row.includes(`\`${name}\``)))).toEqual([]);
  });

  it('tells of no script that is not there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const told = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name = '']) => name);
    expect(told.length).toBeGreaterThan(4);
    expect(told.filter((name) => !(name in scripts))).toEqual([]);
  });
});
