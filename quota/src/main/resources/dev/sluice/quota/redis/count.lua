-- Takes from counters, reads them and adds to them, for one or more organizations at once.
--
-- KEYS     one string for each account and kind of request, at least one: four doubles, the day and what is used in it,
--          the minute and what is used in it; a window of 0 = none yet
-- ARGV[1]  blocks, one an organization, each with keys of its own, which follow those of the block before:
--   d  server time in ms from which on the block may count    d  server time in ms from which on it may not any more
--   d  server time in ms at which a day begins    d  number of the day before that
--   H  number of keys    I4  number of additions    I4  number of demands    I4  bytes of these two
--   an addition is
--     H  its key's place in the block from 1    B  0 = the day, 1 = the minute
--     d  window    d  how much to add    d  what the count must at least be before that
--   a demand is
--     I4 how many are wanted, 0 = only read
--     H  key    d  limit by day    d  limit by minute: infinite = counted without limit, negative = not counted
--     H  second key that is to be passed as well, followed by its two limits; or 0
-- All numbers here, in the strings and in replies are little-endian.
--
-- Returns for each block a string: d server time in ms, and B
--   0  nothing was done: this is not the block's time
--   1  every demand got all it wanted
--   2  some did not, because their limits did not allow more. I4 how many these are, and for each: I4 its place among
--      the demands from 1, I4 how many were taken
-- and unless 0 for each demand the string of its key after it, and that of its second key.
--
-- This server's clock alone decides which window it is. A window once entered is never left for an earlier one,
-- should a replica whose clock is behind take over. An addition to a window that is over does nothing.
local call, read, write, join = redis.call, struct.unpack, struct.pack, table.concat
local time = call('TIME')
local second = tonumber(time[1])
local now = second * 1000 + math.floor(time[2] / 1000)
local minute = math.floor(second / 60)
local late, full = write('<dB', now, 0), write('<dB', now, 1)
local none = write('<dddd', 0, 0, 0, 0)
local data = ARGV[1]
local size = #data
local counts = call('MGET', unpack(KEYS))
-- By key, what has to be stored: whether it has entered a window.
local changed = {}

local function add(key, ofMinute, window, delta, least)
  local d, dUsed, m, mUsed = read('<dddd', counts[key] or none)
  local before, used = d, dUsed
  if ofMinute then
    before, used = m, mUsed
  end
  if before > window then
    return
  end
  local enters = before < window
  if enters then
    used = 0
  end
  local sum = math.max(used, least) + delta
  if enters and sum <= 0 then
    return
  end
  sum = math.max(sum, 0)
  if ofMinute then
    m, mUsed = window, sum
  else
    d, dUsed = window, sum
  end
  counts[key] = write('<dddd', d, dUsed, m, mUsed)
  changed[key] = changed[key] or enters
end

local replies, pieces = {}, {}
local at, base, blocks = 1, 0, 0
while at <= size do
  local from, to, midnight, day, keys, additions, demands, bytes
  from, to, midnight, day, keys, additions, demands, bytes, at = read('<ddddHI4I4I4', data, at)
  blocks = blocks + 1
  if now < from or now >= to then
    replies[blocks] = late
    at = at + bytes
  else
    if now >= midnight then
      day = day + 1
    end
    for _ = 1, additions do
      local key, counter, window, delta, least
      key, counter, window, delta, least, at = read('<HBddd', data, at)
      add(base + key, counter == 1, window, delta, least)
    end
    local last, missing = 1, nil
    -- Written out, without functions and tables, as this is what a server spends its time with: a is the first key's
    -- account, b the second's.
    for i = 1, demands do
      local wanted, a, aPerDay, aPerMinute, b
      wanted, a, aPerDay, aPerMinute, b, at = read('<I4HddH', data, at)
      a = base + a
      local taken, aEnters = wanted, false
      local aDay, aInDay, aMinute, aInMinute = read('<dddd', counts[a] or none)
      if aPerDay >= 0 then
        if aDay < day then
          aDay, aInDay, aEnters = day, 0, true
        end
        if aPerDay - aInDay < taken then
          taken = aPerDay - aInDay
        end
      end
      if aPerMinute >= 0 then
        if aMinute < minute then
          aMinute, aInMinute, aEnters = minute, 0, true
        end
        if aPerMinute - aInMinute < taken then
          taken = aPerMinute - aInMinute
        end
      end
      local bPerDay, bPerMinute, bDay, bInDay, bMinute, bInMinute
      local bEnters = false
      if b > 0 then
        b = base + b
        bPerDay, bPerMinute, at = read('<dd', data, at)
        bDay, bInDay, bMinute, bInMinute = read('<dddd', counts[b] or none)
        if bPerDay >= 0 then
          if bDay < day then
            bDay, bInDay, bEnters = day, 0, true
          end
          if bPerDay - bInDay < taken then
            taken = bPerDay - bInDay
          end
        end
        if bPerMinute >= 0 then
          if bMinute < minute then
            bMinute, bInMinute, bEnters = minute, 0, true
          end
          if bPerMinute - bInMinute < taken then
            taken = bPerMinute - bInMinute
          end
        end
      end
      if taken < wanted then
        taken = math.max(taken, 0)
        missing = missing or {}
        missing[#missing + 1] = write('<I4I4', i, taken)
      end
      if aPerDay >= 0 then
        aInDay = aInDay + taken
      end
      if aPerMinute >= 0 then
        aInMinute = aInMinute + taken
      end
      local after = write('<dddd', aDay, aInDay, aMinute, aInMinute)
      last = last + 1
      pieces[last] = after
      if taken > 0 then
        counts[a] = after
        changed[a] = changed[a] or aEnters
      end
      if b > 0 then
        if bPerDay >= 0 then
          bInDay = bInDay + taken
        end
        if bPerMinute >= 0 then
          bInMinute = bInMinute + taken
        end
        after = write('<dddd', bDay, bInDay, bMinute, bInMinute)
        last = last + 1
        pieces[last] = after
        if taken > 0 then
          counts[b] = after
          changed[b] = changed[b] or bEnters
        end
      end
    end
    pieces[1] = full
    if missing then
      pieces[1] = write('<dBI4', now, 2, #missing) .. join(missing)
    end
    replies[blocks] = join(pieces, '', 1, last)
  end
  base = base + keys
end
for key, entered in pairs(changed) do
  if entered then
    -- Kept until well after the longest day has ended.
    call('SET', KEYS[key], counts[key], 'EX', '180000')
  else
    call('SETRANGE', KEYS[key], '0', counts[key])
  end
end
return replies
