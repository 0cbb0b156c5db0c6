-- Applies a run of a branch's events to its live lines, board and feed, if they stand right before it or within it:
-- another node may have written its first part, and what is written of board and lines holds after the whole run.
-- KEYS: state, feed, board, lines, then line keys. ARGV: epoch, version before, version after, feed length, board JSON,
-- lines JSON, channel, news, the events as JSON, one a line.
-- Returns 'applied', 'old' (already there), or 'gap' (something is missing: load anew). Checks before it writes.
local state = redis.call('HMGET', KEYS[1], 'epoch', 'version')
local before, after = tonumber(ARGV[2]), tonumber(ARGV[3])
if state[1] ~= ARGV[1] then return 'gap' end
local version = tonumber(state[2] or '-1')
if version >= after then return 'old' end
if version < before then return 'gap' end

local board = cjson.decode(ARGV[5])
local lines = cjson.decode(ARGV[6])
local at = before
for event in string.gmatch(ARGV[9], '[^\n]+') do
  at = at + 1
  if at > version then redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], at .. '-0', 'event', event) end
end
for index = 1, #board, 2 do
  if board[index + 1] == '' then redis.call('HDEL', KEYS[3], board[index])
  else redis.call('HSET', KEYS[3], board[index], board[index + 1]) end
end
-- Each line change: index of its key, ticket, score ('' when the ticket leaves the line).
for index = 1, #lines.changes, 3 do
  local key = KEYS[4 + lines.changes[index]]
  if lines.changes[index + 2] == '' then redis.call('ZREM', key, lines.changes[index + 1])
  else redis.call('ZADD', key, lines.changes[index + 2], lines.changes[index + 1]) end
end
if #lines.services > 0 then redis.call('SADD', KEYS[4], unpack(lines.services)) end
redis.call('HSET', KEYS[1], 'version', ARGV[3])
redis.call('PUBLISH', ARGV[7], ARGV[8])
return 'applied'
