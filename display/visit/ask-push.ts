/** Runs where the page is closed: served beside the pages, as a browser lets a script look after nothing above itself. */
const workerAddress = '/v/push-worker.js';

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));

/** Asks the browser for messages, and the server to send one when the ticket is called. @returns why not, in words */
const askPush = async ({ key = '', language = '', denied = '', failed = '' }: DOMStringMap): Promise<string | null> => {
  try {
    if ((await Notification.requestPermission()) !== 'granted') return denied;
    const registration = await navigator.serviceWorker.register(workerAddress);
    await navigator.serviceWorker.ready;
    const { endpoint, keys } = (
      await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
    ).toJSON();
    const response = await fetch(location.pathname.replace('/v/', '/v1/visits/') + '/push', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify({ subscription: { endpoint, keys }, language }),
    });
    if (response.ok) return null;
    const { message } = (await response.json()) as { message?: string };
    return message ?? failed;
  } catch {
    // No internet, a browser without a service for messages, or a server that does not answer.
    return failed;
  }
};

/** Asks for whoever touched the button, and says beside it why nothing will come. */
export const offerPush = async (button: HTMLButtonElement): Promise<void> => {
  button.disabled = true;
  const reason = await askPush(button.dataset);
  if (reason === null) return location.reload();
  button.disabled = false;
  const notice = document.getElementById('push-failed');
  if (!notice) return;
  notice.textContent = reason;
  notice.hidden = false;
};
