import { envSchema, type EnvSchemaOpt } from 'env-schema';
import { type Static, Type } from 'typebox';
import { webhookHosts } from '../alerts/webhook-hosts.ts';
import { printerNetworks } from '../print/printer-networks.ts';
import { trustedProxies } from '../push/trusted-proxies.ts';
import { StartUpError } from './start-up-error.ts';

/** An address, alone or after a name; nothing that would be a header of its own. */
const mailFrom = '^(?:[^<>\\r\\n",;:]+ <[^<>@\\s]+@[^<>@\\s]+>|[^<>@\\s",;:]+@[^<>@\\s",;:]+)$';

/** Every setting of a server, by the name of its environment variable. The page docs/operations.md is made from this. */
export const Settings = Type.Object({
  PORT: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 65_535,
      description: 'Port of pages, API and sockets, 0 for any free one. Absent: 8080, or the next free one.',
    }),
  ),
  HOST: Type.String({
    minLength: 1,
    default: '127.0.0.1',
    description: 'Address to listen on. `0.0.0.0` lets other machines of the network in: kiosks, TVs, counters.',
  }),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://.+',
      description:
        'The Postgres to use, `postgres://USER:PASSWORD@HOST:PORT/DATABASE`; write `@ : / # ? %` of a password as `%40`, `%3A` and so on. Absent: the one that comes with Antrean, in the data folder.',
    }),
  ),
  ANTREAN_OWNER_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://.+',
      description:
        'The same database as the owner of its tables: migrates it and gives the role of `DATABASE_URL` its rights, at each start and with `antrean migrate`. Absent: `DATABASE_URL` does that, and the server could then change what has happened.',
    }),
  ),
  REDIS_URL: Type.Optional(
    Type.String({
      pattern: '^rediss?://.+',
      description:
        'The Redis to use, `redis://:PASSWORD@HOST:PORT`. Absent: a private `redis-server` or `valkey-server` from the PATH, else a stand-in inside the process.',
    }),
  ),
  ANTREAN_DATA: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Folder of everything this installation keeps. Absent: `.antrean` in the checkout.',
    }),
  ),
  ANTREAN_SEAL_KEYS: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Keys that seal what is secret in the database, each 32 random bytes in base64, with commas between them: the first seals, all open. Set it where several nodes run. Absent: the file `seal-keys` of the data folder, made at the first start. Keep a copy apart from that of the database.',
    }),
  ),
  ANTREAN_SOCKETS_PER_ADDRESS: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    default: 200,
    description:
      'Screens from one network address at the most, on each server; signed-in staff do not count. Raise it where more than that share an address, as behind one router.',
  }),
  ANTREAN_TRUSTED_PROXIES: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Addresses and networks of your own balancers, `10.0.0.5,192.168.0.0/16`: what they write into `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host` counts as where a request came from and whether over TLS. Absent: nobody is believed, and whatever comes through a balancer has its address.',
    }),
  ),
  ANTREAN_SECOND_FACTOR: Type.Optional(
    Type.Enum(['required', 'offered'], {
      description:
        'Whether managers, administrators and agency administrators must have a second factor (an app’s code after the password), or may. Absent: `required` where `NODE_ENV` is `production`, else `offered`.',
    }),
  ),
  ANTREAN_OIDC_ISSUER: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The place that vouches for people (OpenID Connect), `https://…`: staff can sign in by way of it. At it `…/v1/oidc/callback` must be allowed as redirect URI.',
    }),
  ),
  ANTREAN_OIDC_CLIENT_ID: Type.Optional(
    Type.String({ minLength: 1, description: 'What Antrean is called there (`client_id`).' }),
  ),
  ANTREAN_OIDC_CLIENT_SECRET: Type.Optional(
    Type.String({ minLength: 1, description: 'The secret that it gave Antrean. Absent: none is needed.' }),
  ),
  ANTREAN_OIDC_ROLE_CLAIM: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The claim of its ID tokens that says what somebody is, a text or a list. Absent: `roles`.',
    }),
  ),
  ANTREAN_OIDC_ROLES: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'What each value of that claim may do here, with commas between them: `VALUE=ROLE`, `VALUE=ROLE@HALL` or `VALUE=ROLE@HALL/AGENCY`, such as `hall-managers=manager@banyuwangi`. The first that somebody has counts; whoever has none is not let in.',
    }),
  ),
  ANTREAN_OIDC_NAME: Type.Optional(
    Type.String({ minLength: 1, maxLength: 40, description: 'What the button calls it. Absent: its host.' }),
  ),
  ANTREAN_PUBLIC_URL: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The address people reach Antrean at, `https://queue.example.org`. Behind a balancer that ends TLS it makes cookies of whoever comes by it `Secure`, has browsers stay with TLS, and is where people come back to after signing in elsewhere. Absent: the one they asked, over TLS only where a trusted balancer says so.',
    }),
  ),
  ANTREAN_PRINTER_NETWORKS: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Addresses and networks in which the ticket printers of the halls may be, with commas between them: `10.20.0.0/16,192.168.1.50`. Whatever the set-up of a hall names, nothing else is ever connected to. Absent: the private networks 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7, thus not this machine itself.',
    }),
  ),
  ANTREAN_SMTP_URL: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The mail server by which managers are told of alerts and get reports: `smtp://USER:PASSWORD@mail.example.org:587` (with STARTTLS, which is needed but on this machine itself) or `smtps://…:465`. Needs `ANTREAN_MAIL_FROM`. Absent: no e-mails are sent.',
    }),
  ),
  ANTREAN_MAIL_FROM: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 254,
      pattern: mailFrom,
      description: 'Who e-mails are from: `queue@example.org` or `Queue of the hall <queue@example.org>`.',
    }),
  ),
  ANTREAN_WEBHOOK_HOSTS: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Where webhooks of alerts may go, with commas between them: `hooks.example.org`, `*.example.org` (each by https, at port 443 or at `:PORT`), or one address with its port, `10.0.0.5:8443`. A name that leads to a private address is refused; by plain http only a loopback address is reached. Absent: no webhooks are sent.',
    }),
  ),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'warn',
    description: 'What is logged: this level and above.',
  }),
  NODE_ENV: Type.Optional(Type.String({ description: '`production` refuses demo accounts and the demo hall.' })),
});
export type Settings = Static<typeof Settings>;

/**
 * Reads the settings from the environment. Throws one `StartUpError` that names every wrong variable and what it may
 * hold, never its value: it may be a secret.
 */
export const readSettings = (environment: NodeJS.ProcessEnv = process.env): Settings => {
  // A variable that is set to nothing is taken as not set.
  const data = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const wrong = new Set(['DATABASE_URL', 'ANTREAN_OWNER_URL', 'REDIS_URL'].filter((name) => !isUrl(data[name])));
  if (!canRead(trustedProxies, data['ANTREAN_TRUSTED_PROXIES'])) wrong.add('ANTREAN_TRUSTED_PROXIES');
  if (!canRead(printerNetworks, data['ANTREAN_PRINTER_NETWORKS'])) wrong.add('ANTREAN_PRINTER_NETWORKS');
  if (!canRead(webhookHosts, data['ANTREAN_WEBHOOK_HOSTS'])) wrong.add('ANTREAN_WEBHOOK_HOSTS');
  if (!isMailServer(data['ANTREAN_SMTP_URL'])) wrong.add('ANTREAN_SMTP_URL');
  if (data['ANTREAN_SMTP_URL'] !== undefined && data['ANTREAN_MAIL_FROM'] === undefined) wrong.add('ANTREAN_MAIL_FROM');
  if (!isWebAddress(data['ANTREAN_PUBLIC_URL'])) wrong.add('ANTREAN_PUBLIC_URL');
  try {
    const settings = envSchema<Settings>({ schema: Settings as unknown as EnvSchemaOpt['schema'] & object, data });
    if (wrong.size === 0) return settings;
  } catch (error) {
    const { errors = [] } = error as { errors?: { instancePath: string }[] };
    for (const { instancePath } of errors) wrong.add(instancePath.slice(1));
  }
  const said = [...wrong].map((name) => `  ${name}: ${descriptionOf(name)}`).join('\n');
  throw new StartUpError(`these settings are not right; correct or unset them:\n${said}`);
};

/** Whether the drivers can read it; of several hosts of Postgres, with commas between them, one is looked at. */
const isUrl = (text = 'redis://localhost'): boolean => {
  try {
    const { username, password } = new URL(text.replace(/,[^@/?#]*(?=[/?]|$)/, ''));
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
};

const isWebAddress = (text = 'https://localhost'): boolean => URL.canParse(text) && /^https?:/i.test(text);

const isMailServer = (text = 'smtp://localhost'): boolean => /^smtps?:\/\/./i.test(text) && isUrl(text);

const canRead = (read: (list?: string) => unknown, list?: string): boolean => {
  try {
    read(list);
    return true;
  } catch {
    return false;
  }
};

const descriptionOf = (name: string): string => {
  const schema = (Settings.properties as Record<string, { description?: string }>)[name];
  return schema?.description ?? 'not known';
};
