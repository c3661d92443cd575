import { BadUserInputError } from './errors/bad-user-input-error.ts';

/** Mode's tokens are 12 hex digits; we only insist on what is safe as one segment of a path. */
const TOKEN = /^[\w-]{1,64}$/;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** @throws {BadUserInputError} for text that cannot be a token, before it could become part of a path */
export function readToken(text: string, argument: string): string {
  if (isToken(text)) return text;
  throw new BadUserInputError(
    argument,
    `"${argument}" is not a token: Mode's tokens look like 5f1c0a9be3d2 and are the last part of a web address there.`,
  );
}
