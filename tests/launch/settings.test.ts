import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@antrean/server/embedded/free-port.ts';
import { readSettings } from '@antrean/server/start-up/settings.ts';
import { startStores } from '@antrean/server/start-up/start-stores.ts';
import { StartUpError } from '@antrean/server/start-up/start-up-error.ts';
import { afterAll, expect, inject, test } from 'vitest';

const secret = 'open-sesame';
const data = mkdtempSync(join(tmpdir(), 'antrean-settings-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** What a reader is told when the environment is wrong: never what was set, it may be a secret. */
const refusalOf = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
    return '';
  } catch (error) {
    if (!(error instanceof StartUpError)) throw error;
    expect(error.message).not.toContain(secret);
    expect(error.cause, 'a cause would be printed').toBeUndefined();
    return error.message;
  }
};

test.for([
  { DATABASE_URL: 'localhost' },
  { DATABASE_URL: 'mysql://localhost/antrean' },
  { DATABASE_URL: `postgres://antrean:${secret}@localhost:54x2/antrean` },
  { DATABASE_URL: `postgres://antrean:${secret}/#@localhost/antrean` },
  { DATABASE_URL: `postgres://antrean:${secret}%zz@localhost/antrean` },
  { REDIS_URL: 'localhost:6379' },
  { REDIS_URL: `redis://:${secret}@localhost:63x9` },
  { PORT: '99999' },
  { LOG_LEVEL: 'loud' },
  { ANTREAN_TRUSTED_PROXIES: 'balancer.example' },
  { ANTREAN_TRUSTED_PROXIES: '10.0.0.0/33' },
  { ANTREAN_PRINTER_NETWORKS: 'printer.local' },
  { ANTREAN_PRINTER_NETWORKS: '192.168.0.0/33' },
  { ANTREAN_SOCKETS_PER_ADDRESS: '0' },
  { ANTREAN_PUBLIC_URL: 'queue.example.org' },
  { ANTREAN_PUBLIC_URL: 'ftp://queue.example.org' },
  { ANTREAN_SMTP_URL: `mail.example.org` },
  { ANTREAN_SMTP_URL: `https://queue:${secret}@mail.example.org` },
  { ANTREAN_SMTP_URL: `smtp://queue:${secret}@mail.example.org:58x7` },
  { ANTREAN_WEBHOOK_HOSTS: 'https://hooks.example.org/antrean' },
  { ANTREAN_WEBHOOK_HOSTS: 'hooks.example.org, *' },
  { ANTREAN_WEBHOOK_HOSTS: '*.org' },
  { ANTREAN_WEBHOOK_HOSTS: '127.0.0.1' },
  { ANTREAN_WEBHOOK_HOSTS: '169.254.169.254:80' },
  { ANTREAN_WEBHOOK_HOSTS: '0.0.0.0:443' },
  { ANTREAN_WEBHOOK_HOSTS: 'hooks.example.org:0' },
  { ANTREAN_MAIL_FROM: 'queue' },
  { ANTREAN_MAIL_FROM: 'Queue <queue@example.org>, other@example.org' },
])('%j is refused, with what it may be', (environment) => {
  const [name] = Object.keys(environment);
  expect(refusalOf(environment)).toMatch(new RegExp(`^ {2}${name}: \\w+`, 'm'));
});

test('every wrong setting is named at once', () => {
  const environment = { DATABASE_URL: 'x', REDIS_URL: `redis://:${secret}@x:y`, PORT: 'x', LOG_LEVEL: 'x' };
  const named = [...refusalOf(environment).matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(environment).sort());
});

test.for([
  { DATABASE_URL: `postgres://antrean:${secret},%40@db.example/antrean?sslmode=require` },
  { DATABASE_URL: 'postgresql://antrean@db1.example:5432,db2.example:5433/antrean?target_session_attrs=read-write' },
  { REDIS_URL: 'rediss://queue.example:6380/2' },
  { ANTREAN_TRUSTED_PROXIES: '10.0.0.5,192.168.0.0/16,fd00::/8' },
  { ANTREAN_PUBLIC_URL: 'https://queue.example.org' },
  { ANTREAN_SMTP_URL: `smtps://queue:${secret}@mail.example.org:465`, ANTREAN_MAIL_FROM: 'Queue <queue@example.org>' },
  { ANTREAN_SMTP_URL: 'smtp://localhost', ANTREAN_MAIL_FROM: 'queue@example.org' },
  { ANTREAN_WEBHOOK_HOSTS: 'hooks.example.org, *.example.net:8443,10.0.0.5:8443,[::1]:9000' },
  { DATABASE_URL: '', REDIS_URL: '', PORT: '' },
])('%j is taken', (environment) => expect(refusalOf(environment)).toBe(''));

test.for<readonly [what: string, url: () => string | Promise<string>, words: RegExp]>([
  [
    'a database that is not there',
    () => Object.assign(new URL(inject('postgresUrl')), { pathname: '/nowhere' }).href,
    /there is no such database: make it \(createdb\) or correct the name/,
  ],
  ['a host that nobody knows', () => 'postgres://nowhere.invalid/antrean', /its host is not known: correct the name/],
  [
    'two hosts where nothing listens',
    async () => `postgres://127.0.0.1:${await freePort()},127.0.0.1:${await freePort()}/antrean`,
    /nothing answers at its address: is Postgres running, are host and port right\?/,
  ],
])('DATABASE_URL that names %s is refused with what to do', async ([, url, words]) => {
  const starting = startStores(readSettings({ DATABASE_URL: await url() }), data);
  await expect(starting).rejects.toThrow(StartUpError);
  await expect(starting).rejects.toThrow(words);
});
