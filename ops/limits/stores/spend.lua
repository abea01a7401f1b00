-- May this request spend, on all of its policies or on none? ops/limits/algorithms in Lua.
-- KEYS: one count per charge; then, when the plan says so, the key of a ban.
-- ARGV[1], the plan: commit, has_ban, then quota, bucket_ms, price, enforced for each charge, all as
-- eight bytes, and so is the answer: a tenth of the time that texts take on the way.
-- A count is MessagePack of {bucket_ms, newest, cost of the newest bucket, cost before it, ...}.
local BUCKETS = 10
local floor, max = math.floor, math.max
local plan = {struct.unpack('<' .. string.rep('i8', #ARGV[1] / 8), ARGV[1])}
local time = redis.call('TIME')
local now = time[1] * 1000 + floor(time[2] / 1000)
local kept = redis.call('MGET', unpack(KEYS))
local charges = #KEYS
if plan[2] == 1 then
  local banned = tonumber(kept[charges] or '0') - now
  if banned > 0 then return struct.pack('<i8i8i8', 0, now, banned) end
  charges = charges - 1
end

local function regrid(count, size, newest)
  local costs = {}
  for age = 0, #count - 3 do
    local ended_at = (count[2] - age + 1) * count[1] - 1
    local new_age = newest - math.min(floor(ended_at / size), newest)
    if new_age <= BUCKETS then costs[new_age] = (costs[new_age] or 0) + count[age + 3] end
  end
  local moved = {size, newest}
  for age = 0, BUCKETS do moved[age + 3] = costs[age] or 0 end
  return moved
end

local function moved_on(count, step)
  local moved = {count[1], count[2] + step, 0}
  if step > BUCKETS then return moved end
  for age = 1, step do moved[age + 2] = 0 end
  for age = 0, math.min(#count - 3, BUCKETS - step) do moved[age + step + 3] = count[age + 3] end
  return moved
end

local function wait(count, missing)
  for age = #count - 3, 0, -1 do
    missing = missing - count[age + 3]
    if missing <= 0 then
      return max(1, (count[2] - age + BUCKETS + 1) * count[1] - now)
    end
  end
  return (BUCKETS + 1) * count[1]
end

local counts, used, fits, allowed = {}, {}, {}, 1
local at = 3
for i = 1, charges do
  local size = plan[at + 1]
  local newest = floor(now / size)
  local count = kept[i] and cmsgpack.unpack(kept[i]) or {size, newest, 0}
  if count[1] ~= size then
    count = regrid(count, size, newest)
    -- Kept also by a refusal: moved again later, it would end later than the refused were told.
    redis.call('SET', KEYS[i], cmsgpack.pack(count), 'PX', (BUCKETS + 1) * size)
  end
  if newest > count[2] then count = moved_on(count, newest - count[2]) end
  local sum = count[3]
  for place = 4, #count do sum = sum + count[place] end
  local fit = sum + plan[at + 2] <= plan[at]
  counts[i], used[i], fits[i] = count, sum, fit
  if not fit and plan[at + 3] == 1 then allowed = 0 end
  at = at + 4
end

local answer = {allowed, now, 0}
local spends = allowed == 1 and plan[1] == 1
at = 3
local told = 4
for i = 1, charges do
  local count, quota, price = counts[i], plan[at], plan[at + 2]
  local waits = 0
  if fits[i] then
    if spends then
      count[3], used[i] = count[3] + price, used[i] + price
      while #count > 3 and count[#count] == 0 do count[#count] = nil end
      redis.call('SET', KEYS[i], cmsgpack.pack(count), 'PX', (BUCKETS + 1) * count[1])
    end
    if used[i] > 0 then waits = wait(count, 1) end
    answer[told + 1] = 1
  else
    waits = quota == 0 and plan[at + 1] * BUCKETS or wait(count, used[i] + price - quota)
    answer[told + 1] = 0
  end
  answer[told], answer[told + 2] = used[i], waits
  told, at = told + 3, at + 4
end
return struct.pack('<' .. string.rep('i8', #answer), unpack(answer))
