-- What was spent and not used returns to the bucket it was spent in.
-- KEYS: one count per charge. ARGV: spent_at_ms, then the price of each charge.
for i, key in ipairs(KEYS) do
  local raw = redis.call('GET', key)
  if raw then
    local count = cmsgpack.unpack(raw)
    local place = count[2] - math.floor(tonumber(ARGV[1]) / count[1]) + 3
    if place >= 3 and count[place] then
      count[place] = math.max(0, count[place] - tonumber(ARGV[i + 1]))
      redis.call('SET', key, cmsgpack.pack(count), 'KEEPTTL')
    end
  end
end
