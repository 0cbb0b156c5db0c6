-- Applies a run of a branch's events to its live lines, board and feed, if they stand right before it or within it:
-- another node may have written its first part, and what is written of board and lines holds after the whole run.
-- KEYS: state, feed, board, lines, then line keys. ARGV: epoch, version before, version after, feed length, board JSON,
-- lines JSON, channel, news, the events as JSON, a line break after each, the lines' services as JSON.
-- Returns 'applied', 'old' (already there), or 'gap' (something is missing: load anew). Checks before it writes.
local state = redis.call('HMGET', KEYS[1], 'epoch', 'version')
local before, after = tonumber(ARGV[2]), tonumber(ARGV[3])
if state[1] ~= ARGV[1] then return 'gap' end
local version = tonumber(state[2] or '-1')
if version >= after then return 'old' end
if version < before then return 'gap' end

-- `find` with a plain text: as a pattern it costs more than the XADD.
local from = 1
for at = before + 1, after do
  local stop = string.find(ARGV[9], '\n', from, true)
  if at > version then redis.call('XADD', KEYS[2], at .. '-0', 'event', string.sub(ARGV[9], from, stop - 1)) end
  from = stop + 1
end
redis.call('XTRIM', KEYS[2], 'MAXLEN', '~', ARGV[4])
-- One command for each key and direction: in a script a command costs more than what it writes. Each takes a list, and
-- none takes an empty one.
local function callWith(command, key, list)
  if #list > 0 then redis.call(command, key, unpack(list)) end
end
local board, lines = cjson.decode(ARGV[5]), cjson.decode(ARGV[6])
callWith('HDEL', KEYS[3], board.gone)
callWith('HSET', KEYS[3], board.now)
for index, line in ipairs(lines) do
  callWith('ZREM', KEYS[4 + index], line.left)
  callWith('ZADD', KEYS[4 + index], line.joined)
end
callWith('SADD', KEYS[4], cjson.decode(ARGV[10]))
redis.call('HSET', KEYS[1], 'version', ARGV[3])
redis.call('PUBLISH', ARGV[7], ARGV[8])
return 'applied'
