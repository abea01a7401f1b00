-- May this request spend, on all of its policies or on none? ops/limits/algorithms in Lua.
-- KEYS: one count per charge; then, when ARGV[2] says so, the key of a ban.
-- ARGV: commit, has_ban, then quota, window_ms, price, enforced for each charge.
-- A count is MessagePack of {bucket_ms, newest, cost of the newest bucket, cost before it, ...}.
local BUCKETS = 10
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local commit, has_ban = ARGV[1] == '1', ARGV[2] == '1'
local kept = redis.call('MGET', unpack(KEYS))
local charges = #KEYS
if has_ban then
  charges = charges - 1
  local banned = tonumber(kept[#KEYS] or '0') - now
  if banned > 0 then return {0, now, banned} end
end

local function regrid(count, size, newest)
  local costs = {}
  for age = 0, #count - 3 do
    local ended_at = (count[2] - age + 1) * count[1] - 1
    local new_age = newest - math.min(math.floor(ended_at / size), newest)
    if new_age <= BUCKETS then costs[new_age] = (costs[new_age] or 0) + count[age + 3] end
  end
  local moved = {size, newest}
  for age = 0, BUCKETS do moved[age + 3] = costs[age] or 0 end
  return moved
end

local function advance(key, raw, size)
  local newest = math.floor(now / size)
  if not raw then return {size, newest, 0} end
  local count = cmsgpack.unpack(raw)
  if count[1] ~= size then
    count = regrid(count, size, newest)
    -- Kept also by a refusal: moved again later, it would end later than the refused were told.
    redis.call('SET', key, cmsgpack.pack(count), 'PX', (BUCKETS + 1) * size)
  end
  local step = newest - count[2]
  if step <= 0 then return count end
  if step > BUCKETS then return {size, newest, 0} end
  local moved = {size, newest}
  for age = 1, step do moved[age + 2] = 0 end
  for age = 0, math.min(#count - 3, BUCKETS - step) do moved[age + step + 3] = count[age + 3] end
  return moved
end

local function wait(count, missing)
  for age = #count - 3, 0, -1 do
    missing = missing - count[age + 3]
    if missing <= 0 then
      return math.max(1, (count[2] - age + BUCKETS + 1) * count[1] - now)
    end
  end
  return (BUCKETS + 1) * count[1]
end

local counts, used, fits, allowed = {}, {}, {}, 1
for i = 1, charges do
  local at = 4 * i - 1
  local quota, price = tonumber(ARGV[at]), tonumber(ARGV[at + 2])
  local count = advance(KEYS[i], kept[i], math.ceil(tonumber(ARGV[at + 1]) / BUCKETS))
  local sum = 0
  for place = 3, #count do sum = sum + count[place] end
  counts[i], used[i], fits[i] = count, sum, sum + price <= quota
  if not fits[i] and ARGV[at + 3] == '1' then allowed = 0 end
end

local answer = {allowed, now, 0}
for i = 1, charges do
  local at, count = 4 * i - 1, counts[i]
  local quota, price = tonumber(ARGV[at]), tonumber(ARGV[at + 2])
  if fits[i] and allowed == 1 and commit then
    count[3], used[i] = count[3] + price, used[i] + price
    while #count > 3 and count[#count] == 0 do count[#count] = nil end
    redis.call('SET', KEYS[i], cmsgpack.pack(count), 'PX', (BUCKETS + 1) * count[1])
  end
  local waits = 0
  if fits[i] then
    if used[i] > 0 then waits = wait(count, 1) end
  elseif quota == 0 then
    waits = tonumber(ARGV[at + 1])
  else
    waits = wait(count, used[i] + price - quota)
  end
  answer[#answer + 1], answer[#answer + 2], answer[#answer + 3] = used[i], fits[i] and 1 or 0, waits
end
return answer
