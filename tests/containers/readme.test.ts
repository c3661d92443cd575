import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptFigures } from '../../bench/kept-figures.ts';
import { printPerformancePage } from '../../bench/print-performance-page.ts';
import { printCommandPage } from '../../src/cli/print-command-page.ts';
import { printConfigurationPage, printEnvExample } from '../../src/config/print-configuration.ts';
import { knownVariables, ROOT } from './known-variables.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe('what is made from the sources is fresh (npm run docs)', () => {
  it('docs/configuration.md', () => {
    expect(readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8')).toBe(printConfigurationPage());
  });

  it('docs/performance.md, of the figures that are kept', async () => {
    const page = readFileSync(join(ROOT, 'docs/performance.md'), 'utf8');
    expect(page).toBe(printPerformancePage(await keptFigures()));
  });

  it('docs/command-line.md', () => {
    expect(readFileSync(join(ROOT, 'docs/command-line.md'), 'utf8')).toBe(printCommandPage());
  });

  it('.env.example, which holds no value', () => {
    const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
    expect(text).toBe(printEnvExample());
    const settings = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(settings).toEqual(knownVariables().map((name) => `${name}=`));
  });
});

describe('the README', () => {
  it('tells only of variables that the gateway reads', () => {
    const rows = readme.split('\n').filter((line) => line.startsWith('| `'));
    const told = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name ?? ''),
    );
    const configured = told.filter((name) => /^(MODE|GATEWAY|CATALOG|REDIS|LOG|HOST|PORT|MAX|SHUTDOWN)/.test(name));
    expect(configured.length).toBeGreaterThan(5);
    expect(configured.filter((name) => !knownVariables().includes(name))).toEqual([]);
  });

  it('tells of no script that is not there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const told = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name = '']) => name);
    expect(told.length).toBeGreaterThan(4);
    expect(told.filter((name) => !(name in scripts))).toEqual([]);
  });
});
