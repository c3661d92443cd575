import type { Memory } from './catalog-redis.ts';

/** The part of Redis's memory that lists leave to the count of calls, which needs a few kilobytes of it and cannot do without. */
const KEPT_FREE = 1 / 8;

/** Whether so many bytes more still leave room for the count of calls. What Redis does not say cannot be heeded. */
export function hasRoomFor(bytes: number, memory: Memory | undefined): boolean {
  if (!memory || memory.most === 0) return true;
  return memory.used + bytes <= memory.most * (1 - KEPT_FREE);
}
