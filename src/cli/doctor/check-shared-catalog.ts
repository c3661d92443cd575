import { openRedis } from '../../throttle/shared/open-redis.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, warning, skipped } = findingsOf('shared catalog');

const TIMEOUT_MS = 3_000;
const MEGABYTE = 1_048_576;

/** A catalog of 100,000 reports, the next version beside it, and the eighth that lists leave free. Megabytes. */
const PLENTY = 160;

/**
 * Whether gateways share the catalog in Redis, and what follows from that. What is wrong with Redis itself is said by
 * `checkRedis`. Nothing of ioredis's errors is shown: they hold the password.
 *
 * @param discovery whether there will be a catalog
 */
export async function checkSharedCatalog(
  url: string | undefined,
  isShared: boolean,
  discovery: boolean,
): Promise<Finding[]> {
  if (url === undefined || !discovery) return [];
  if (!isShared) {
    return [ok('CATALOG_SHARED is off: each gateway reads its own catalog, and Redis holds counts alone.')];
  }
  const memory = await readMemory(url);
  if (memory === undefined) return [skipped('Redis did not answer.')];
  const shared = ok('Gateways share it in Redis: who can read there, reads SQL and e-mail addresses.');
  const most = Number(/^maxmemory:(\d+)/m.exec(memory)?.[1] ?? 0) / MEGABYTE;
  const policy = /^maxmemory_policy:([\w-]+)/m.exec(memory)?.[1] ?? 'noeviction';
  if (most === 0) return [shared];
  if (policy !== 'noeviction') {
    return [
      warning(
        `When its memory is full, this Redis throws lists of the catalog away (${policy}): they are then read from Mode again.`,
        'Set maxmemory-policy to noeviction.',
      ),
    ];
  }
  if (most >= PLENTY) return [shared];
  return [
    warning(
      `This Redis may hold ${Math.round(most)} MB: enough for a catalog of some ${reportsIn(most)} reports. A list that does not fit is read by each gateway.`,
      `If there are more, raise its maxmemory to ${PLENTY} MB, or set CATALOG_SHARED to "off".`,
    ),
  ];
}

/** As many as fit in twice, beside the eighth that is kept free: 100,000 take about 65 MB. */
function reportsIn(megabytes: number): string {
  const thousands = ((megabytes * 7) / 8 / 2 / 65) * 100;
  return thousands >= 10 ? `${Math.floor(thousands / 10)}0,000` : `${Math.max(1, Math.floor(thousands))},000`;
}

async function readMemory(url: string): Promise<string | undefined> {
  const redis = openRedis(url, { connectMs: TIMEOUT_MS, commandMs: TIMEOUT_MS });
  try {
    await redis.connect();
    await redis.time();
    // Some users may not ask; the catalog is shared all the same.
    return await redis.info('memory').catch(() => '');
  } catch {
    return undefined;
  } finally {
    redis.disconnect();
  }
}
