import { cleanLine } from '../clean-text.ts';
import { counted } from '../words.ts';
import { isRecord } from './json-record.ts';

/** A value as one line of a table shows it. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return cleanLine(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return cleanLine(JSON.stringify(value));
  const items: readonly unknown[] = value;
  const leaves = items.map(onlyLeaf);
  return leaves.every((leaf) => leaf !== undefined) ? leaves.map(cellText).join(', ') : counted(items.length, 'item');
}

/** The one scalar in it; undefined when there are several, or lists. */
function onlyLeaf(value: unknown): string | number | boolean | null | undefined {
  if (isRecord(value)) {
    const [only, ...more] = Object.values(value);
    return more.length > 0 ? undefined : onlyLeaf(only);
  }
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
