/**
 * What Redis does at each contact, at once and on its own clock. Redis 5 or newer; it must not evict these keys.
 *
 * KEYS: `log`, slot id -> the latest moment at which its call can have reached Mode; `members`, replica -> when it
 * was last heard; `state`, a hash of `epoch`, `version`, `began`, `heard`, `paused`, `quarantine` and, for
 * each replica, `n:<id>`, the number it divides the windows by should it be cut off now (0: it has no share).
 * ARGV: a `Message` as JSON. The answer is read by `readReply`.
 *
 * The epoch tells one history from another. Redis that lost its history (restarted, cleared, gone back to a
 * copy) must not take an empty log for an idle Mode:
 *
 * - A replica that knew an epoch finds none, or one that went back: a new epoch begins, in which nothing is granted
 *   until nothing of the old one can count any more, and whoever it knew is taken to be cut off, with the share it
 *   was last told of.
 * - A replica that knows no epoch finds none: the first start, or a restart met by a newcomer first. These look
 *   the same, so nothing is granted for `grace`, in which replicas that knew Redis before are back and say so.
 *   An old one that appears later than that still closes the gate for the time above; what the newcomer was granted
 *   in between is the one thing that is not covered (Redis is restarted, a newcomer starts, and all
 *   old replicas but not the newcomer are kept from Redis for longer than `grace`).
 *
 * What is not covered either: Redis's clock leaping ahead by less than `timeoutMs` opens windows that much early, and
 * a failover to a copy that lags opens the lost slots until the replica that held them is heard, at most a
 * heartbeat later.
 */
export const CONTACT_SCRIPT = `
local log, members, state = KEYS[1], KEYS[2], KEYS[3]
local ask = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
-- Whoever sent this has given up waiting, and may be counting on its not being done.
if now > ask.notAfter then return { 0, now } end
-- For stamps, rounded to the safe side.
local after = now + 1
local reach = ask.lease + ask.transit
local longest = 0
for _, window in ipairs(ask.windows) do longest = math.max(longest, window[3]) end
local settling = reach + longest

local function get(field) return tonumber(redis.call('HGET', state, field) or 0) end

local epoch = redis.call('HGET', state, 'epoch')
local version, began, heard = get('version'), get('began'), get('heard')
local paused, quarantine = get('paused'), get('quarantine')
if not epoch or (epoch == ask.epoch and version < ask.version) then
  redis.call('DEL', members, state)
  epoch, version, began, heard, paused = ask.nonce, 0, now, now, 0
  quarantine = now + (ask.epoch == '' and ask.grace or settling)
elseif ask.epoch ~= '' and ask.epoch ~= epoch then
  quarantine = math.max(quarantine, began + settling)
end
if ask.epoch ~= '' and ask.epoch ~= epoch then
  for _, other in ipairs(ask.known) do
    if other[2] > 0 and not redis.call('ZSCORE', members, other[1]) then
      redis.call('ZADD', members, now - ask.silent, other[1])
      redis.call('HSET', state, 'n:' .. other[1], other[2])
    end
  end
end

-- Redis's clock may have stepped back: nothing is as far ahead as that would make it look.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', log, '(' .. (after + reach), '+inf')) do
  redis.call('ZADD', log, after + reach, id)
end
paused = math.min(paused, after + 600000)
quarantine = math.min(quarantine, now + math.max(settling, ask.grace))

-- Silence counts while somebody is heard. When nobody was, all may be cut off, and all of them may be about to return.
local gap = now - heard
local others = {}
local listed = redis.call('ZRANGE', members, 0, -1, 'WITHSCORES')
for at = 1, #listed, 2 do
  local id, last = listed[at], math.min(tonumber(listed[at + 1]), now)
  if gap > ask.silent then last = math.min(last + gap, now - ask.silent) end
  if now - last > ask.expiry then
    redis.call('ZREM', members, id)
    redis.call('HDEL', state, 'n:' .. id)
  elseif id ~= ask.id then
    redis.call('ZADD', members, last, id)
    table.insert(others, { id = id, silent = now - last >= ask.silent, n = get('n:' .. id) })
  end
end

-- A share is given once all who have one divide by enough; until they said so, they might be cut off not knowing.
local count, entitled, share = #others + 1, 1, 0
for _, other in ipairs(others) do if other.n > 0 then entitled = entitled + 1 end end
if now < quarantine then
  if ask.ack > 0 then share = math.max(ask.ack, count) end
else
  share = count
  for _, other in ipairs(others) do if other.n > 0 and other.n < entitled then share = 0 end end
end
-- It goes by the answer, or, should that be lost, by what it went by before.
local mine = share
if ask.ack > 0 then mine = share > 0 and math.min(ask.ack, share) or ask.ack end
if ask.leave then
  redis.call('ZREM', members, ask.id)
  redis.call('HDEL', state, 'n:' .. ask.id)
else
  redis.call('ZADD', members, now, ask.id)
  redis.call('HSET', state, 'n:' .. ask.id, mine)
end

for _, call in ipairs(ask.live) do redis.call('ZADD', log, after - call[2], call[1]) end
for _, call in ipairs(ask.reports) do
  local stamp = redis.call('ZSCORE', log, call[1])
  if stamp then redis.call('ZADD', log, math.min(tonumber(stamp), after - call[2]), call[1]) end
end
for _, id in ipairs(ask.gone) do redis.call('ZREM', log, id) end
-- Mode's count comes a little late, and is of what was in the windows when it counted.
local kept = 3 * ask.transit
redis.call('ZREMRANGEBYSCORE', log, '-inf', now - longest - kept)
if ask.pause > 0 then paused = math.max(paused, after + ask.pause) end

-- Mode counts more than we do: others use the credential.
if ask.told and ask.told.age <= kept then
  local free, meant
  for _, window in ipairs(ask.windows) do
    local room = window[1] - redis.call('ZCOUNT', log, '(' .. (now - ask.told.age - window[3]), '+inf')
    if window[1] == ask.told.limit then meant = math.min(meant or room, room) end
    free = math.min(free or room, room)
  end
  for each = 1, (meant or free) - ask.told.remaining do
    redis.call('ZADD', log, after, ask.nonce .. ':unknown:' .. each)
  end
end

-- What the silent ones may be using is left to them.
local reserved = {}
for at, window in ipairs(ask.windows) do
  reserved[at] = 0
  for _, other in ipairs(others) do
    if other.silent and other.n > 0 then reserved[at] = reserved[at] + math.floor(window[1] / other.n) end
  end
end
local function backgroundLimit(at)
  local limit, background = ask.windows[at][1], ask.windows[at][2]
  return math.max(1, math.floor((limit - reserved[at]) * background / limit))
end
local free, freeForBackground, isIdle = math.huge, math.huge, true
for at, window in ipairs(ask.windows) do
  local live = redis.call('ZCOUNT', log, '(' .. (now - window[3]), '+inf')
  free = math.min(free, window[1] - reserved[at] - live)
  freeForBackground = math.min(freeForBackground, backgroundLimit(at) - live)
  if live * 2 >= window[1] - reserved[at] then isIdle = false end
end
local granted = {}
local function grant(most, asBackground)
  for _ = 1, most do
    if free < 1 or (asBackground and freeForBackground < 1) then return end
    table.insert(granted, freeForBackground >= 1 and 1 or 0)
    redis.call('ZADD', log, after + reach, ask.nonce .. ':' .. #granted)
    free, freeForBackground = free - 1, freeForBackground - 1
  end
end
local shut = math.max(paused, quarantine)
if now >= shut then
  grant(ask.persons, false)
  grant(ask.background, true)
  if isIdle then grant(ask.spare, true) end
end

-- When one more could be granted, as things stand.
local function nextFor(limitOf)
  local moment = shut
  for at, window in ipairs(ask.windows) do
    local left = redis.call('ZCOUNT', log, '-inf', now - window[3])
    local place = redis.call('ZCARD', log) - limitOf(at)
    if limitOf(at) < 1 then moment = math.max(moment, now + ask.silent)
    elseif place >= left then
      moment = math.max(moment, tonumber(redis.call('ZRANGE', log, place, place, 'WITHSCORES')[2]) + window[3])
    end
  end
  return math.max(0, moment - now)
end
local stamps = redis.call('ZRANGE', log, 0, -1, 'WITHSCORES')
local ages = {}
for at = 2, #stamps, 2 do table.insert(ages, now - tonumber(stamps[at])) end
local ids, shares, mostReserved = {}, {}, 0
for at, other in ipairs(others) do ids[at], shares[at] = other.id, other.n end
for at in ipairs(ask.windows) do mostReserved = math.max(mostReserved, reserved[at]) end

redis.call('HSET', state, 'epoch', epoch, 'version', version + 1, 'began', began, 'heard', now,
  'paused', paused, 'quarantine', quarantine)
-- Nothing is kept of a credential that nobody uses any more; an hour on, no history matters.
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, 3600000 + longest) end
return {
  1, now, epoch, version + 1, granted, isIdle and 1 or 0,
  nextFor(function(at) return ask.windows[at][1] - reserved[at] end), nextFor(backgroundLimit),
  math.max(0, paused - now), math.max(0, quarantine - now), count, share, ids, shares, mostReserved, ages,
}
`;
