/**
 * The services of browsers' makers, by the end of their names: Chrome, Edge and others, Firefox, Safari, Windows. This server
 * speaks to no other, as the address comes from whoever has a link (no request of this server goes where a stranger says).
 */
const services = ['fcm.googleapis.com', 'push.services.mozilla.com', 'push.apple.com', 'notify.windows.com'];

/** Whether an address is one of theirs. @param others hosts that are let in besides, for tests */
export const isPushService = (address: string, others: readonly string[] = []): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, host, username, password } = new URL(address);
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  if (others.includes(host)) return true;
  return port === '' && services.some((service) => hostname === service || hostname.endsWith(`.${service}`));
};
