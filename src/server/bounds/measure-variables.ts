import { OperationTooCostlyError } from '../../throttle/operation-too-costly-error.ts';
import { DEEPEST_NESTING, tooNested } from './scan-document.ts';

/**
 * Checks what JSON came with a document, before anything that calls itself once for each level gets to see it.
 *
 * @throws {OperationTooCostlyError} when it holds too many values, or is nested too deeply
 */
export function checkVariables(variables: unknown, limit: number): void {
  let found = 0;
  let level: unknown[] = [variables];
  // Level by level: what is a million deep must not be followed by calling oneself.
  for (let nesting = 0; level.length > 0; nesting++) {
    if (nesting > DEEPEST_NESTING) throw tooNested(nesting, 'variables');
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      found += members.length;
      if (found > limit) throw tooMany(found, limit);
      for (const member of members) next.push(member);
    }
    level = next;
  }
}

function tooMany(found: number, limit: number): OperationTooCostlyError {
  return new OperationTooCostlyError(
    'variables',
    limit,
    found,
    `The variables hold at least ${found} values, those inside lists and objects counted, and may hold ${limit}. Ask in several requests.`,
  );
}
