import { isIP } from 'node:net';
import { rangeOf } from './address-range.ts';

/**
 * Tells as what the operator has listed where a webhook is to go: as a name, which must resolve to public addresses, or as
 * this very address; `null`: not at all.
 */
export type WebhookHosts = (url: URL) => 'name' | 'address' | null;

/** One entry, in the form in which `URL` writes hosts. */
interface Entry {
  readonly host: string;
  readonly port: string;
  readonly isAddress: boolean;
  /** Every name below it, and not itself. */
  readonly isWild: boolean;
}

/** Addresses that may be listed: of networks of one's own, of this machine, and of everybody. */
const listable = ['unicast', 'private', 'uniqueLocal', 'loopback'];

/**
 * Where webhooks may go, whatever an administrator asks for (ALERT-9, S22). Names and public addresses are reached by https
 * alone, and by http only what is listed as a loopback address.
 *
 * @param list with commas between them: `hooks.example.org`, `*.example.org`, each with `:PORT` or at 443, or an address with its port
 * @returns `null`: nowhere
 * @throws when one of them is none of these
 */
export const webhookHosts = (list = ''): WebhookHosts | null => {
  const entries = list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(entryOf);
  if (entries.length === 0) return null;
  return (url) => {
    const { hostname, protocol, username, password, hash } = url;
    if (username !== '' || password !== '' || hash !== '') return null;
    const isAddress = isIP(bare(hostname)) !== 0;
    const isHttp = protocol === 'http:' && isAddress && rangeOf(bare(hostname)) === 'loopback';
    if (protocol !== 'https:' && !isHttp) return null;
    const port = url.port || (isHttp ? '80' : '443');
    const isListed = entries.some(
      (entry) =>
        entry.port === port &&
        entry.isAddress === isAddress &&
        (entry.isWild ? hostname.endsWith(`.${entry.host}`) : hostname === entry.host),
    );
    if (!isListed) return null;
    return isAddress ? 'address' : 'name';
  };
};

const entryOf = (text: string): Entry => {
  const isWild = text.startsWith('*.');
  const rest = isWild ? text.slice(2) : text;
  if (!/^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(rest)) throw new Error('not a host');
  const { hostname } = new URL(`https://${rest}`);
  const isAddress = isIP(bare(hostname)) !== 0;
  const port = /:(\d+)$/.exec(rest.replace(/^\[.*\]/, ''))?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) throw new Error('not a port');
  // Whoever lists an address means one program at it.
  if (isAddress && (isWild || port === undefined || !listable.includes(rangeOf(bare(hostname))))) {
    throw new Error('not an address with its port');
  }
  // All of a top-level domain is nobody's list.
  if (isWild && !hostname.includes('.')) throw new Error('too wide');
  return { host: hostname, port: String(Number(port ?? 443)), isAddress, isWild };
};

/** An IPv6 address without what URLs put around it. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
