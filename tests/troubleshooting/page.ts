import { readFileSync } from 'node:fs';

/** One line of docs/troubleshooting.md. */
export interface Row {
  /** What somebody did, which is what tells rows apart. */
  readonly did: string;
  /** What the page says is seen then, word by word; `…` stands for what differs. */
  readonly seen: readonly string[];
  readonly remedy: string;
}

const PAGE = readFileSync('docs/troubleshooting.md', 'utf8');

/** Whether there is such a table: its header is the first line of each. */
const HEADER = /^\| what you did +\| what you see +\| what to do +\|$/;

/** The tables of the page, by the headings above them. */
export const SECTIONS: ReadonlyMap<string, readonly Row[]> = new Map(
  PAGE.split(/^## /m)
    .slice(1)
    .map((text) => text.split('\n'))
    .filter((lines) => lines.some((line) => HEADER.test(line)))
    .map(([heading = '', ...lines]) => [
      heading.trim(),
      rowsIn(lines.slice(lines.findIndex((line) => HEADER.test(line)))),
    ]),
);

function rowsIn(lines: readonly string[]): Row[] {
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end === -1 ? undefined : end).map((line) => {
    const [did = '', seen = '', remedy = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return {
      did,
      seen: [...seen.matchAll(/`` (.+?) ``|`([^`]+)`/g)].map(([, double, single]) => double ?? single ?? ''),
      remedy,
    };
  });
}

/** What a quotation of the page must be found as. */
export function patternOf(quotation: string): RegExp {
  const parts = quotation.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(parts.join('.*?'));
}
