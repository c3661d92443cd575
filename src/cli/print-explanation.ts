import type { Explanation } from './asking/explanation.ts';
import { cleanLine } from './clean-text.ts';
import { printTable } from './print-table.ts';
import type { Screen } from './screen.ts';
import { counted, grouped } from './words.ts';

/** A plan as people read it: its steps, and what they come to. */
export function printExplanation(explanation: Explanation, screen: Screen): string {
  const { steps, refusal } = explanation;
  const table = printTable(
    [
      { title: 'what' },
      { title: 'how' },
      { title: 'source' },
      { title: 'keys', align: 'right' },
      { title: 'calls', align: 'right' },
    ],
    steps.map(({ what, how, source, keys, calls }) => [
      cleanLine(what),
      cleanLine(how),
      cleanLine(source),
      grouped(keys),
      grouped(calls),
    ]),
    screen,
  );
  const verdict = refusal
    ? [`It would be refused (${cleanLine(refusal.code)}): ${cleanLine(refusal.message)}`]
    : fits(explanation)
      ? []
      : ['It would be answered in part at best: for the rest it has no time, or no calls, left.'];
  return `${[steps.length > 0 ? table.trimEnd() : 'No steps.', sumOf(explanation), ...verdict].join('\n')}\n`;
}

/** Whether it is expected to be answered whole. */
export function fits({ refusal, estimatedCalls, estimatedSeconds, limits }: Explanation): boolean {
  return !refusal && estimatedCalls <= limits.calls && estimatedSeconds < limits.seconds;
}

function sumOf({ estimatedCalls, calls, estimatedSeconds, guessed, objects, limits }: Explanation): string {
  const split =
    calls.rest > 0 && calls.discovery > 0
      ? ` (${grouped(calls.rest)} to REST, ${grouped(calls.discovery)} to Discovery)`
      : '';
  const guess = guessed ? ' Part of it is a guess: nobody has counted the workspace.' : '';
  return [
    `${counted(estimatedCalls, 'call')} to Mode${split}, of ${grouped(limits.calls)} that a question may take;`,
    `${estimatedSeconds} s by the rate limit, of ${grouped(limits.seconds)} s;`,
    `at the most ${counted(objects, 'object')} in the answer, of ${grouped(limits.objects)}.${guess}`,
  ].join('\n');
}
