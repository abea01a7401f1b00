-- One breaker for all processes. The same rules as ops/overload/breaker.py, by the server's clock.
-- KEYS[1] the breaker; ARGV: what, then the rules, then what is reported.
-- Answers {verdict, period, wait_ms, state, changed}; verdict 0 refused, 1 go, 2 probe.
local key = KEYS[1]
local what = ARGV[1]
local failure_share, slow_share = tonumber(ARGV[2]), tonumber(ARGV[3])
local minimum_calls, window_ms = tonumber(ARGV[4]), tonumber(ARGV[5])
local probes, patience_ms = tonumber(ARGV[6]), tonumber(ARGV[7])
local open_ms, growth, open_ms_at_most = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local jitter = tonumber(ARGV[11])
local BUCKETS = 10
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local row = redis.call('HMGET', key, 'state', 'period', 'open_until', 'openings', 'well')
local state = row[1] or 'closed'
local period = tonumber(row[2]) or 0
local open_until = tonumber(row[3]) or 0
local openings = tonumber(row[4]) or 0
local well = tonumber(row[5]) or 0
local calls_key, probes_key = key .. ':calls', key .. ':probes'
local lifetime = math.max(window_ms, open_ms_at_most * 2, patience_ms * 2)

local function become(new)
  state, period, well = new, period + 1, 0
  redis.call('HSET', key, 'state', state, 'period', period, 'well', 0)
  redis.call('DEL', calls_key, probes_key)
  redis.call('PEXPIRE', key, lifetime)
end

local function open()
  local lasts = math.min(open_ms * growth ^ openings, open_ms_at_most)
  open_until = now + math.floor(lasts * (1 + jitter))
  openings = math.min(openings + 1, 32)
  redis.call('HSET', key, 'open_until', open_until, 'openings', openings)
  become('open')
end

if what == 'allow' then
  if state == 'closed' then return {1, period, 0, state, 0} end
  local changed = 0
  if state == 'open' then
    if now < open_until then return {0, period, open_until - now, state, 0} end
    become('half_open')
    changed = 1
  end
  redis.call('ZREMRANGEBYSCORE', probes_key, '-inf', now - patience_ms)
  if redis.call('ZCARD', probes_key) + well >= probes then
    return {0, period, math.min(patience_ms, open_ms), state, changed}
  end
  redis.call('ZADD', probes_key, now, ARGV[12])
  redis.call('PEXPIRE', probes_key, lifetime)
  return {2, period, 0, state, changed}
end

local its_period, probe, failed, slow = tonumber(ARGV[12]), ARGV[13], ARGV[14] == '1', ARGV[15] == '1'
if its_period ~= period then return {0, period, 0, state, 0} end

if probe ~= '' then
  if failed or slow then
    open()
    return {0, period, 0, state, 1}
  end
  redis.call('ZREM', probes_key, probe)
  well = well + 1
  redis.call('HSET', key, 'well', well)
  if well < probes then return {0, period, 0, state, 0} end
  redis.call('HSET', key, 'openings', 0)
  become('closed')
  return {0, period, 0, state, 1}
end

if state ~= 'closed' then return {0, period, 0, state, 0} end
local bucket = math.floor(now * BUCKETS / window_ms)
redis.call('HINCRBY', calls_key, bucket .. ':c', 1)
if failed then redis.call('HINCRBY', calls_key, bucket .. ':f', 1) end
if slow then redis.call('HINCRBY', calls_key, bucket .. ':s', 1) end
redis.call('PEXPIRE', calls_key, window_ms * 2)
redis.call('HSETNX', key, 'state', 'closed')
redis.call('PEXPIRE', key, lifetime)
if not (failed or slow) then return {0, period, 0, state, 0} end

local sums, old = {c = 0, f = 0, s = 0}, {}
local fields = redis.call('HGETALL', calls_key)
for i = 1, #fields, 2 do
  local number, kind = string.match(fields[i], '^(%d+):(%a)$')
  if tonumber(number) <= bucket - BUCKETS then
    old[#old + 1] = fields[i]
  else
    sums[kind] = sums[kind] + tonumber(fields[i + 1])
  end
end
if #old > 0 then redis.call('HDEL', calls_key, unpack(old)) end
local is_too_bad = sums.f >= failure_share * sums.c or sums.s >= slow_share * sums.c
if sums.c >= minimum_calls and is_too_bad then
  open()
  return {0, period, 0, state, 1}
end
return {0, period, 0, state, 0}
