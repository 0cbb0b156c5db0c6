import { Redis } from 'ioredis';

/**
 * A connection for commands. Nothing is sent twice and nothing waits: ioredis by itself would repeat a script whose
 * answer was lost, and would keep commands for a Redis that is away and send them minutes later.
 */
export const connectRedis = (url: string, onError: (error: Error) => void): Redis =>
  new Redis(url, {
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    enableAutoPipelining: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(100 * times, 1_000),
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    lazyConnect: false,
  }).on('error', onError);

/**
 * A connection that only listens to a pattern of channels, anew at each connection. ioredis would do so by itself, but
 * look after no answer: where that connection is lost, too, the process would end by a rejection that nobody handles.
 */
export const connectSubscriber = (url: string, pattern: string, onError: (error: Error) => void): Redis => {
  const subscriber = new Redis(url, {
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: null,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(100 * times, 1_000),
  }).on('error', onError);
  const subscribe = (): void =>
    void subscriber.psubscribe(pattern).catch((error: Error) => {
      // A connection that is lost begins anew, and has said so; a refusal, for want of rights, stays.
      if (error.name === 'ReplyError') onError(error);
    });
  return subscriber.on('ready', subscribe);
};

/** A connection for a BullMQ queue or worker, which insists on `maxRetriesPerRequest: null`. */
export const connectJobsRedis = (url: string, onError: (error: Error) => void): Redis =>
  new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(100 * times, 1_000),
  }).on('error', onError);
