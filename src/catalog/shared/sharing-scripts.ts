/** What must happen in Redis at once or not at all. Each names all its keys, and they share a hash tag. */

/** Writes one piece. KEYS: pieces. ARGV: its number, its bytes, TTL. */
export const PUT_SCRIPT = `
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`;

/**
 * Puts a new version in the place of the one before, unless that is as new: whoever was slow must not take back what
 * others have been shown. One that is dated later than `latest` is nobody's, and is replaced.
 *
 * KEYS: header, pieces of the new version. ARGV: header, asOf, latest, pieces, TTL.
 * Returns 1 and the header before it, or '', when it is done; 0 when a newer one is there; -1 when the pieces are not there
 * (Redis was emptied meanwhile).
 */
export const PUBLISH_SCRIPT = `
local known = redis.call('GET', KEYS[1])
if known then
  local ok, facts = pcall(cjson.decode, known)
  local asOf = ok and type(facts) == 'table' and tonumber(facts.asOf)
  if asOf and asOf >= tonumber(ARGV[2]) and asOf <= tonumber(ARGV[3]) then return {0} end
end
if redis.call('HLEN', KEYS[2]) ~= tonumber(ARGV[4]) then return {-1} end
redis.call('PEXPIRE', KEYS[2], ARGV[5])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[5])
return {1, known or ''}
`;

/**
 * Has a version end soon, or at once when the TTL is 0; not the one that the header names, whoever put it there and when.
 *
 * KEYS: header, pieces. ARGV: id of the version, TTL.
 */
export const END_SCRIPT = `
local known = redis.call('GET', KEYS[1])
if known and string.find(known, ARGV[1], 1, true) then return 0 end
if ARGV[2] == '0' then redis.call('UNLINK', KEYS[2]) else redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
return 1
`;

/**
 * Takes the lease of a list if nobody has it, and nothing has been published since the header was looked at.
 *
 * KEYS: header, lease. ARGV: token, lease's TTL, header as it was seen or ''.
 */
export const TAKE_SCRIPT = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[3] then return 0 end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
`;

/**
 * Says that the list is still being read, also where Redis has lost the lease and nobody else has it.
 *
 * KEYS: lease, mark. ARGV: token, lease's TTL. Returns whether the lease is held, and whether a person waits.
 */
export const RENEW_SCRIPT = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return {0, 0} end
if holder then redis.call('PEXPIRE', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return {1, redis.call('EXISTS', KEYS[2])}
`;

/** Gives a lease back, if it is still held. KEYS: lease, mark. ARGV: token. */
export const RELEASE_SCRIPT = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
return 1
`;
