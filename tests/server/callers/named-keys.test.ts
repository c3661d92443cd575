import { createHash } from 'node:crypto';
import { createKeyDoor } from '../../../src/server/callers/key-door.ts';
import type { Admission } from '../../../src/server/callers/door.ts';
import type { Premises } from '../../../src/loading/operation.ts';
import { readConfig } from '../../../src/config/config.ts';

const KEYS = `web:first-key-of-all,sha256:${createHash('sha256').update('second-key').digest('hex')},etl:third:key`;

function admit(headers: Record<string, string>): Admission {
  const { callers } = readConfig({
    MODE_WORKSPACE: 'acme',
    MODE_API_TOKEN: 'token',
    MODE_API_SECRET: 'secret',
    GATEWAY_API_KEYS: KEYS,
    GATEWAY_KEY_WEIGHTS: 'etl:2',
  });
  if (callers.auth.kind !== 'keys') throw new Error('keys were asked for');
  const door = createKeyDoor(callers.auth.keys, {} as Premises);
  return door.admit(new Headers(headers), new AbortController().signal) as Admission;
}

it.each([
  ['first-key-of-all', 'web', 1],
  ['second-key', 'key-2', 1],
  ['third:key', 'etl', 2],
])('%s lets its caller in, by name', (key, name, weight) => {
  for (const headers of [
    { authorization: `Bearer ${key}` },
    { authorization: `bearer  ${key}` },
    { 'x-api-key': key },
  ]) {
    expect(admit(headers)).toMatchObject({ caller: { name, weight } });
  }
});

it.each(['web', 'web:first-key-of-all', 'first-key', 'sha256', KEYS.split(',')[1] ?? '', ''])(
  '%j does not: neither a name, nor a hash, nor a part of a key is one',
  (key) => {
    expect(admit({ 'x-api-key': key })).toMatchObject({ refusal: { status: 401, code: 'UNAUTHENTICATED' } });
  },
);
