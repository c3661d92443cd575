import { BadUserInputError } from './errors/bad-user-input-error.ts';

/** @throws {BadUserInputError} for an argument that names more things than a page may hold */
export function limitList(items: readonly unknown[], argument: string, limit: number): void {
  if (items.length <= limit) return;
  throw new BadUserInputError(argument, `"${argument}" may name at most ${limit} things, not ${items.length}.`);
}
