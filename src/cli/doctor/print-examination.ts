import type { Examination } from './examine.ts';
import type { Finding, Level } from './finding.ts';

const LEVELS: Readonly<Record<Level, string>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'PROBLEM',
  skipped: '-',
};

/** One line for each finding, and what to do about it below. */
export function printExamination({ findings, calls }: Examination): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ level, check, message, remedy }) => [
    `${LEVELS[level].padEnd(8)} ${check.padEnd(width)}  ${message}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(width + 11)}-> ${remedy}`]),
  ]);
  const summary = `${counted(findings, 'problem')}, ${counted(findings, 'warning')}. ${plural(calls, 'call')} to Mode.`;
  return `${[...lines, '', summary].join('\n')}\n`;
}

/** The same for programs. `healthy` goes with the exit code. */
export function printExaminationAsJson({ findings, calls }: Examination): string {
  return `${JSON.stringify({ healthy: isHealthy(findings), calls, findings }, undefined, 2)}\n`;
}

export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level !== 'problem');
}

function counted(findings: readonly Finding[], level: Level): string {
  return plural(findings.filter((each) => each.level === level).length, level);
}

function plural(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
