import { readdirSync, readFileSync } from 'node:fs';
import { patternOf, SECTIONS } from './page.ts';

it('every table of docs/troubleshooting.md is compared with what the real thing says', () => {
  const folder = 'tests/troubleshooting';
  const tests = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  const checked = tests.flatMap((name) => {
    const found = /^checkSection\('(.+)', \{$/m.exec(readFileSync(`${folder}/${name}`, 'utf8'));
    return found ? [found[1]] : [];
  });
  expect([...SECTIONS.keys()].sort()).toEqual(checked.sort());
  expect([...SECTIONS.values()].every((rows) => rows.length > 5)).toBe(true);
});

it('a quotation is found word by word, but for what differs', () => {
  const pattern = patternOf('Cannot listen on 127.0.0.1:… (HOST, PORT): something');
  expect('Cannot listen on 127.0.0.1:4000 (HOST, PORT): something else').toMatch(pattern);
  expect('Cannot listen on 127x0x0x1:4000 (HOST, PORT): something else').not.toMatch(pattern);
  expect('Cannot listen on 127.0.0.1:\n (HOST, PORT): something else').not.toMatch(pattern);
});
