-- Takes from several counters at once, as much as all of their limits allow; or with 0 reads them.
--
-- KEYS       one hash for each account, all of one organization: field F is what is used, Fw in which window
-- ARGV[1]    latest server time in ms at which this call may still count anything; 0 = any
-- ARGV[2]    number of the day that begins at ARGV[3]
-- ARGV[3..6] Unix seconds at which that day, the next two, and the one after them begin
-- then for each demand: how many, the number of its counters, and for each counter: the index of its key, its field
-- (last letter d = by day, m = by minute) and its limit (-1 = counted without limit).
--
-- Returns server time in ms; alone, when the call came too late or for other days. Then for each demand: how many were
-- taken, and for each counter: what was used before, and its window.
--
-- This server's clock alone decides which window it is. A window once entered is never left for an earlier one,
-- should a replica whose clock is behind take over.
local call = redis.call
local time = call('TIME')
local second = tonumber(time[1])
local now = second * 1000 + math.floor(time[2] / 1000)
local latest = tonumber(ARGV[1])
if (latest > 0 and now > latest) or second < tonumber(ARGV[3]) or second >= tonumber(ARGV[6]) then
  return {now}
end
local day = tonumber(ARGV[2])
if second >= tonumber(ARGV[5]) then
  day = day + 2
elseif second >= tonumber(ARGV[4]) then
  day = day + 1
end
local minute = math.floor(second / 60)

local reply = {now, 0}
local at, out, last = 7, 3, #ARGV
while at <= last do
  local taken, counters = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local first = at + 2
  local outTaken = out
  out = out + 1
  local used, window, rolled = {}, {}, {}
  for i = 1, counters do
    local arg = first + (i - 1) * 3
    local field = ARGV[arg + 1]
    local stored = call('HMGET', KEYS[tonumber(ARGV[arg])], field, field .. 'w')
    local w = string.byte(field, -1) == 100 and day or minute
    local u = 0
    if stored[2] then
      local before = tonumber(stored[2])
      if before >= w then
        w = before
        u = tonumber(stored[1])
      else
        rolled[i] = true
      end
    else
      rolled[i] = true
    end
    local limit = tonumber(ARGV[arg + 2])
    if limit >= 0 and limit - u < taken then
      taken = limit > u and limit - u or 0
    end
    used[i] = u
    window[i] = w
    reply[out] = u
    reply[out + 1] = w
    out = out + 2
  end
  reply[outTaken] = taken
  if taken > 0 then
    for i = 1, counters do
      local arg = first + (i - 1) * 3
      local key, field = KEYS[tonumber(ARGV[arg])], ARGV[arg + 1]
      if rolled[i] then
        call('HSET', key, field, used[i] + taken, field .. 'w', window[i])
        call('EXPIRE', key, 180000)
      else
        call('HINCRBY', key, field, taken)
      end
    end
  end
  at = first + counters * 3
end
return reply
