-- Out for a while, each time twice as long as the time before.
-- KEYS: the ban, its strikes. ARGV: first_ms, longest_ms, memory_ms.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local strikes = redis.call('INCR', KEYS[2])
local length = math.min(tonumber(ARGV[2]), tonumber(ARGV[1]) * 2 ^ math.min(strikes - 1, 30))
redis.call('SET', KEYS[1], string.format('%.0f', now + length), 'PX', length)
redis.call('PEXPIRE', KEYS[2], length + ARGV[3])
return length
