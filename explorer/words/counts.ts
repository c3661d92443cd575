import type { Calls } from '../wire/upstream.ts';

/** With thousands apart: `21,020`. */
export function number(count: number): string {
  return count.toLocaleString('en');
}

/** `1 call`, `21,020 objects`. */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `7 calls (5 REST, 2 Discovery)`; what there is none of is left out. */
export function calls({ rest, discovery }: Calls): string {
  if (rest + discovery === 0) return 'no call';
  const parts = [
    ...(rest > 0 ? [`${number(rest)} REST`] : []),
    ...(discovery > 0 ? [`${number(discovery)} Discovery`] : []),
  ];
  return `${counted(rest + discovery, 'call')} (${parts.join(', ')})`;
}
