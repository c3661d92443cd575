import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { NO_NEWS, readReply, type Message } from '../../throttle/shared/contact.ts';
import { CONTACT_SCRIPT } from '../../throttle/shared/contact-script.ts';
import { openRedis } from '../../throttle/shared/open-redis.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, warning, problem } = findingsOf('Redis');

const TIMEOUT_MS = 3_000;
const OLDEST = 5;

/**
 * Whether gateways can count together in this Redis: reached, let in, of a version that knows what the script uses, and
 * the script itself, run as an unknown replica that leaves at once. Leaves nothing behind.
 *
 * Errors of ioredis hold the commands they came from, the one with the password among them: their first word is all
 * that is looked at, and nothing of them is shown.
 */
export async function checkRedis(url: string | undefined): Promise<Finding[]> {
  if (url === undefined) {
    return [ok('It is not used: this gateway counts its calls alone. Several with one API key need REDIS_URL.')];
  }
  const { host } = new URL(url);
  const errors: unknown[] = [];
  const redis = openRedis(url, { connectMs: TIMEOUT_MS, commandMs: TIMEOUT_MS });
  redis.on('error', (error: unknown) => errors.push(error));
  try {
    await redis.connect();
    await redis.time();
  } catch (error) {
    redis.disconnect();
    return [outside([...errors, error], host)];
  }
  const findings = [...(await readServer(redis)), await runScript(redis)];
  redis.disconnect();
  const complaints = findings.filter(({ level }) => level !== 'ok');
  return complaints.length > 0 ? complaints : findings.slice(0, 1);
}

/** Why it could not be reached, or would not let us in. */
function outside(errors: readonly unknown[], host: string): Finding {
  const signs = errors.map(signOf);
  if (signs.includes('NOAUTH')) {
    return problem(`Redis at ${host} wants a password.`, 'Put it into REDIS_URL: redis://:password@host:port.');
  }
  if (signs.includes('WRONGPASS') || signs.includes('NOPERM')) {
    return problem(`Redis at ${host} does not accept the user or the password in REDIS_URL.`, 'Correct REDIS_URL.');
  }
  if (signs.includes('ECONNREFUSED')) {
    return problem(`Nobody listens at ${host} (ECONNREFUSED).`, 'Start Redis, or correct REDIS_URL.');
  }
  const code = signs.find((sign) => /^E[A-Z_]{3,}$/.test(sign));
  if (code !== undefined) {
    return problem(`Redis at ${host} cannot be reached (${code}).`, 'Check REDIS_URL, the network and TLS (rediss:).');
  }
  return problem(
    `What listens at ${host} does not answer as Redis does.`,
    'Check REDIS_URL: its port, and whether it should begin with redis: or rediss:.',
  );
}

/** The code of an error, or the first word of what Redis replied. */
function signOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'message' in error && typeof error.message === 'string' ? (error.message.split(' ', 1)[0] ?? '') : '';
}

async function readServer(redis: Redis): Promise<Finding[]> {
  const info = await Promise.all([redis.info('server'), redis.info('memory')]).catch(() => undefined);
  if (!info) return [ok('Redis answers, though it does not let this user ask for its version (INFO).')];
  const text = info.join('\n');
  const read = (name: string): string => new RegExp(`^${name}:([\\w.-]+)`, 'm').exec(text)?.[1] ?? '';
  const version = read('redis_version');
  if (Number.parseInt(version, 10) < OLDEST) {
    return [problem(`This is Redis ${version}; the gateway needs ${OLDEST} or newer.`, 'Use a newer Redis.')];
  }
  const policy = read('maxmemory_policy');
  const findings = [ok(`Redis ${version} answers, and runs the script in which gateways count together.`)];
  if (read('maxmemory') === '0' || policy === 'noeviction' || policy === '') return findings;
  const evicts = warning(
    `When its memory is full, this Redis throws away what it likes (${policy}), and with it the count of calls.`,
    'Set maxmemory-policy to noeviction, or give the gateways a Redis of their own.',
  );
  return [...findings, evicts];
}

async function runScript(redis: Redis): Promise<Finding> {
  const id = `doctor-${randomUUID()}`;
  const keys = ['log', 'members', 'state'].map((name) => `mode-graphql:{${id}}:${name}`);
  try {
    const [seconds, micros] = await redis.time();
    const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    readReply(await redis.eval(CONTACT_SCRIPT, keys.length, ...keys, JSON.stringify(messageOf(id, now))));
    await redis.del(keys);
    return ok('The script runs.');
  } catch (error) {
    await redis.del(keys).catch(() => undefined);
    const sign = signOf(error);
    if (sign === 'NOPERM') {
      return problem(
        'Redis does not let this user run scripts.',
        'Allow it: +@scripting, +@read, +@write, and the keys ~mode-graphql:*.',
      );
    }
    if (sign === 'READONLY') {
      return problem('This Redis is a copy that can only be read.', 'Set REDIS_URL to the one that takes writes.');
    }
    return problem('Redis does not run the script in which gateways count together.', 'Look into the log of Redis.');
  }
}

/** A replica that comes, asks for nothing and goes. */
function messageOf(id: string, now: number): Message {
  return {
    id,
    nonce: `${id}:1`,
    notAfter: now + TIMEOUT_MS,
    epoch: '',
    version: 0,
    known: [],
    ack: 0,
    windows: [[1, 1, 1_000]],
    lease: 1_000,
    transit: 1_000,
    silent: 1_000,
    expiry: 1_000,
    grace: 1_000,
    ...NO_NEWS,
    leave: true,
  };
}
