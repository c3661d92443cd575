import { patternOf, SECTIONS } from './page.ts';

/** Does what a line of the page tells of, and returns everything that is then seen. */
export type Scenario = () => Promise<string>;

/** A stack, in whichever language. */
const STACK = /^\s+at .+[:(].+\d|node:internal/m;

/**
 * Compares a table of docs/troubleshooting.md with what the real thing says: each of its lines has a scenario, each
 * scenario a line, and what the page quotes is read from the page.
 */
export function checkSection(heading: string, scenarios: Readonly<Record<string, Scenario>>): void {
  const rows = SECTIONS.get(heading) ?? [];

  describe(`docs/troubleshooting.md, “${heading}”`, () => {
    it('has a test for each of its lines, and a line for each test', () => {
      expect(rows.map(({ did }) => did)).toEqual(Object.keys(scenarios));
    });

    it.each(rows.map((row) => [row.did, row] as const))('%s', async (did, { seen, remedy }) => {
      const said = (await scenarios[did]?.()) ?? '';
      expect(seen.length).toBeGreaterThan(0);
      // Of dots alone anything would be true.
      expect(seen.filter((quotation) => quotation.replaceAll('…', '').trim().length < 3)).toEqual([]);
      // Not with "toMatch" one by one: whoever has to put the page right wants to see all of it.
      expect({ missing: seen.filter((quotation) => !patternOf(quotation).test(said)), said }).toEqual({
        missing: [],
        said,
      });
      expect(said).not.toMatch(STACK);
      expect(remedy).not.toBe('');
    });
  });
}
