-- Takes from counters, reads them and adds to them, for one or more organizations at once.
--
-- KEYS     one string for each account: for each of its counters two big-endian doubles, window and what is used in it
-- ARGV[1]  blocks, one an organization, each with keys of its own, which follow those of the block before:
--   d  latest server time in ms at which the block may still count anything, 0 = any
--   d  number of the day that begins at the next
--   dddd  Unix seconds at which that day, the next two, and the one after them begin
--   H  number of keys    I4  bytes of the operations that follow
--   an operation is either
--     B 1, I4 how many are wanted (0 = only read), B number of counters, and for each counter:
--       H its key's place in the block from 1, B counter from 0 (odd = by minute, even = by day),
--       d limit, -1 = counted without limit
--   or
--     B 2, H key, B counter, d window, d how much to add, d what the count must at least be before that
--
-- Returns for each block a string: d server time in ms, B 1 or, when the block came too late or for other days and
-- nothing was done, 0. Then for each first kind of operation: I4 how many were taken: as many as all limits allow;
-- and for each counter d what was used before, d its window. An addition to a window that is over does nothing.
--
-- This server's clock alone decides which window it is. A window once entered is never left for an earlier one,
-- should a replica whose clock is behind take over.
local call, read, write = redis.call, struct.unpack, struct.pack
local time = call('TIME')
local second = tonumber(time[1])
local now = second * 1000 + math.floor(time[2] / 1000)
local minute = math.floor(second / 60)
local data = ARGV[1]
local size = #data
local shapes, accounts, changed, replies = {}, {}, {}, {}

local function shape(length)
  local known = shapes[length]
  if not known then
    known = '>' .. string.rep('d', length)
    shapes[length] = known
  end
  return known
end

local function account(key)
  local known = accounts[key]
  if not known then
    local stored = call('GET', key)
    if stored then
      local length = #stored / 8
      known = {read(shape(length), stored)}
      known[length + 1] = nil
    else
      known = {}
    end
    accounts[key] = known
  end
  return known
end

local function set(key, counter, window, used)
  local known = accounts[key]
  while #known < counter * 2 do
    known[#known + 1] = 0
  end
  known[counter * 2 + 1] = window
  known[counter * 2 + 2] = used
  changed[key] = true
end

local at, base = 1, 0
local names, counters, windows, useds = {}, {}, {}, {}
while at <= size do
  local latest, day, d0, d1, d2, d3, keys, bytes
  latest, day, d0, d1, d2, d3, keys, bytes, at = read('>ddddddHI4', data, at)
  local last = at + bytes
  local reply
  if (latest > 0 and now > latest) or second < d0 or second >= d3 then
    reply = write('>dB', now, 0)
    at = last
  else
    reply = write('>dB', now, 1)
    if second >= d2 then
      day = day + 2
    elseif second >= d1 then
      day = day + 1
    end
  end
  while at < last do
    local operation
    operation, at = read('B', data, at)
    if operation == 1 then
      local taken, number
      taken, number, at = read('>I4B', data, at)
      local answer = ''
      for i = 1, number do
        local index, counter, limit
        index, counter, limit, at = read('>HBd', data, at)
        local key = KEYS[base + index]
        local known = account(key)
        local window = counter % 2 == 1 and minute or day
        local before, used = known[counter * 2 + 1], 0
        if before and before >= window then
          window = before
          used = known[counter * 2 + 2]
        end
        if limit >= 0 and limit - used < taken then
          taken = limit > used and limit - used or 0
        end
        names[i], counters[i], windows[i], useds[i] = key, counter, window, used
        answer = answer .. write('>dd', used, window)
      end
      if taken > 0 then
        for i = 1, number do
          set(names[i], counters[i], windows[i], useds[i] + taken)
        end
      end
      reply = reply .. write('>I4', taken) .. answer
    else
      local index, counter, window, delta, least
      index, counter, window, delta, least, at = read('>HBddd', data, at)
      local key = KEYS[base + index]
      local known = account(key)
      local before, used = known[counter * 2 + 1] or -1, 0
      if before == window then
        used = known[counter * 2 + 2]
      end
      if before <= window then
        local sum = math.max(used, least) + delta
        if sum > 0 or before == window then
          set(key, counter, window, math.max(sum, 0))
        end
      end
    end
  end
  replies[#replies + 1] = reply
  base = base + keys
end
for key in pairs(changed) do
  local known = accounts[key]
  -- Kept until well after the longest day has ended.
  call('SET', key, write(shape(#known), unpack(known)), 'EX', 180000)
end
return replies
