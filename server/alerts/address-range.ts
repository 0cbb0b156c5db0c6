import ipaddr from 'ipaddr.js';

/**
 * Of which kind an address is, an IPv4 address inside an IPv6 one as what it is itself: `unicast` is everybody's; others are
 * this machine's, a network's own, a carrier's, or of no single machine (RFC 6890).
 */
export const rangeOf = (address: string): string => {
  try {
    return ipaddr.process(address).range();
  } catch {
    return 'unknown';
  }
};
