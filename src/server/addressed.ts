import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

/** Whether there is an address in a request. Whoever answers would stumble over it otherwise, and show its stack. */
export function isAddressed({ headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>): boolean {
  return URL.canParse(`http://${headers.host ?? 'localhost'}${url}`);
}

export const UNADDRESSED: Refusal = {
  status: 400,
  code: 'BAD_REQUEST',
  message: 'The address, or the Host header, cannot be read.',
};
