/**
 * What the server's own user may do in Redis (S19), in the words of `ACL SETUSER`: everything with its own keys and channels,
 * and nothing that empties Redis, lists what others keep there, reads or changes its settings, or stops it.
 */
export const redisRights =
  '~{b:* ~{bull}:* ~limit:* &{b:*}:news +@all -@admin -@dangerous -script|flush -script|kill -function +info';
