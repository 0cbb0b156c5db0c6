import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Tells whether an address is that of a balancer of ours, whose word counts on where a request came from. */
export type TrustsProxy = (address: string) => boolean;

/**
 * @param list addresses and networks with commas between them: `10.0.0.5,192.168.0.0/16,fd00::/8`
 * @throws when one of them is neither
 */
export const trustedProxies = (list = ''): TrustsProxy => {
  const known = new BlockList();
  for (const one of list.split(',').filter((part) => part !== '')) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(bits), family);
  }
  return (address) => known.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
};

/** Where a request came from: who connected or, if that is a balancer of ours, whom it says it forwards for. */
export const addressOf = (request: IncomingMessage, trusts: TrustsProxy): string => {
  const { remoteAddress = '' } = request.socket;
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  let address = remoteAddress;
  // From the last hop backwards, as far as each may be believed.
  while (trusts(address)) {
    const before = forwarded.pop()?.trim();
    if (!before || isIP(before) === 0) break;
    address = before;
  }
  return address;
};
