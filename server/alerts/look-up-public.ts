import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { rangeOf } from './address-range.ts';

/** What Node's errors are told apart by. */
export const privateAddressCode = 'EPRIVATEADDRESS';

type LooksUp = (
  name: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, found: { address: string; family: number }[]) => void,
) => void;

/**
 * Resolves a name for one connection, which then goes to exactly what was looked at here: a name that leads to this machine or
 * to a network of its own, even with one of its addresses, is refused, so that nobody's DNS opens a way inside (ALERT-9).
 */
export const lookUpPublic =
  (lookUp: LooksUp = lookup): LookupFunction =>
  (name, options, done) => {
    lookUp(name, { all: true }, (error, found) => {
      if (error) return done(error, []);
      const [first] = found;
      if (!first || found.some(({ address }) => rangeOf(address) !== 'unicast')) {
        return done(Object.assign(new Error('a private address'), { code: privateAddressCode }), []);
      }
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
