import { BadUserInputError } from './errors/bad-user-input-error.ts';

/**
 * Global ids hold every token needed to read the object alone, the workspace's first: a chart's has
 * workspace, report, query and chart. They are opaque to callers and survive restarts and replicas.
 */
export interface GlobalId {
  readonly type: string;
  readonly parts: readonly string[];
}

export function globalId(type: string, ...parts: readonly string[]): string {
  return encodeGlobalId(type, parts.map(encodeURIComponent).join('/'));
}

export function encodeGlobalId(type: string, joined: string): string {
  return Buffer.from(`${type}:${joined}`, 'utf8').toString('base64url');
}

/** @throws {BadUserInputError} for text that is no id of ours, before anything is fetched */
export function decodeGlobalId(id: string, argument: string): GlobalId {
  // Buffer skips what is not base64: only an id that comes out the same again was one.
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const [, type, joined] = /^(\w+):(.+)$/.exec(text) ?? [];
  if (type === undefined || joined === undefined || encodeGlobalId(type, joined) !== id.replace(/=+$/, '')) {
    throw notAnId(argument);
  }
  try {
    return { type, parts: joined.split('/').map(decodeURIComponent) };
  } catch {
    throw notAnId(argument);
  }
}

export function notAnId(argument: string): BadUserInputError {
  return new BadUserInputError(
    argument,
    `"${argument}" is not the id of anything this gateway serves: take the "id" of an earlier answer, not a token of Mode's.`,
  );
}
