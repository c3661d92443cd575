import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { variableNames } from '../../src/config/print-configuration.ts';
import { found, PAGES } from './pages.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };

describe.each([...PAGES])('%s', (path, text) => {
  it('leads to nothing that is not there', () => {
    const links = found(text, /\]\((?!https?:|#)([^)\s]+)\)/g).map((link) => link.split('#', 1)[0] ?? '');
    expect(links.filter((link) => !existsSync(join(dirname(path), link)))).toEqual([]);
  });

  it('names no test that is not there', () => {
    const tests = found(text, /`(tests\/[\w./-]+)`/g);
    expect(tests.filter((test) => !existsSync(test))).toEqual([]);
  });

  it('names no script that is not there', () => {
    expect(found(text, /npm run (?:--silent )?([a-z]+)/g).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names no variable that nobody reads', () => {
    const named = found(
      text,
      /`((?:MODE|GATEWAY|CATALOG|REDIS|LOG|HOST|PORT|OPERATION_TIMEOUT|SHUTDOWN)(?:_[A-Z]+)*)`/g,
    );
    const known = variableNames();
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('tells of nobody’s machine', () => {
    expect(found(text, /(\/(?:work|tmp|home|root|Users)\/\S*|registry\.\S+)/g)).toEqual([]);
  });
});

it('the README leads to every page', () => {
  const readme = PAGES.get('README.md') ?? '';
  expect([...PAGES.keys()].filter((path) => path !== 'README.md' && !readme.includes(`(${path})`))).toEqual([]);
});
