-- Adds to counters what was counted elsewhere, or gives back.
--
-- KEYS     one hash for each account, as in take.lua
-- ARGV[1]  latest server time in ms at which this call may still count anything; 0 = any
-- then for each counter: the index of its key, its field, the window meant, how much to add (may be negative), and what
-- the count must at least be before that.
--
-- Returns server time in ms, and 0 unless the call came too late. A counter that has moved on to a later window is
-- left alone; one that is behind moves on.
local call = redis.call
local time = call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(time[2] / 1000)
local latest = tonumber(ARGV[1])
if latest > 0 and now > latest then
  return {now}
end
for at = 2, #ARGV, 5 do
  local key, field = KEYS[tonumber(ARGV[at])], ARGV[at + 1]
  local window, delta, least = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local stored = call('HMGET', key, field, field .. 'w')
  local before = stored[2] and tonumber(stored[2]) or -1
  local used = before == window and tonumber(stored[1]) or 0
  if before <= window then
    local sum = math.max(used, least) + delta
    if sum > 0 or before == window then
      call('HSET', key, field, math.max(sum, 0), field .. 'w', window)
      if before < window then
        call('EXPIRE', key, 180000)
      end
    end
  end
end
return {now, 0}
