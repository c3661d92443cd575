import { decoded } from './kinds.ts';
import { secretVariables } from './print-configuration.ts';

/** A shorter text is no secret, and striking it out everywhere would leave nothing to read. */
const SHORTEST_SECRET = 6;

/**
 * Everything in the environment that must never be shown: the values of secret variables, and the secrets inside
 * those that hold several or wrap them, such as a list of keys or the password of an address.
 */
export function secretsIn(given: Readonly<Record<string, string | undefined>>): string[] {
  const texts = secretVariables().flatMap((name) => partsOf(given[name] ?? ''));
  return [...new Set(texts)].filter((text) => text.length >= SHORTEST_SECRET);
}

function partsOf(value: string): string[] {
  const parts = value.split(',').map((part) => part.trim());
  // As in `authorization=Bearer%20…`.
  const values = parts.flatMap((part) => /^[\w-]+=(.+)$/s.exec(part)?.[1] ?? []);
  // As in `web:…`, whose key is no less a secret without its name.
  const named = parts.flatMap((part) => /^[A-Za-z][\w.-]{0,63}:(?!\/\/)(.+)$/s.exec(part)?.[1] ?? []);
  const { username = '', password = '' } = URL.canParse(value) ? new URL(value) : {};
  return [value, ...parts, ...values, ...named, username, password].flatMap((text) => [text, decoded(text)]);
}
