import { BlockList, isIP } from 'node:net';

/** Tells whether printers may be at an address. */
export type AllowsPrinter = (address: string) => boolean;

/** Networks that are somebody's own (RFC 1918, RFC 4193). The server itself and link-local addresses are not among them. */
const privateNetworks = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7';

/**
 * Whatever a hall's set-up names, nothing outside of these networks is ever connected to (PAPER-5).
 *
 * @param list addresses and networks with commas between them: `10.20.0.0/16,192.168.1.50`
 * @throws when one of them is neither
 */
export const printerNetworks = (list: string = privateNetworks): AllowsPrinter => {
  const known = new BlockList();
  for (const one of list.split(',').map((part) => part.trim())) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && known.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
};
