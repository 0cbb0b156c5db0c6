import type { PushMessage } from '@antrean/shared/protocol/web-push.ts';

/** What TypeScript knows of scripts for service workers excludes what it knows of pages: the little that is used here. */
interface Lasting extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
interface WorkerScope extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    readonly matchAll: (of: {
      type: 'window';
      includeUncontrolled: boolean;
    }) => Promise<readonly { readonly url: string; readonly focus: () => Promise<unknown> }[]>;
    readonly openWindow: (url: string) => Promise<unknown>;
  };
}
const scope = self as unknown as WorkerScope;
const pathOf = (link: string): string => `/v/${link}`;

/** Shows a call on the phone, page or none: in place of one before, and until it is touched. */
const show = ({ title, body, language, link }: PushMessage): Promise<void> => {
  const shakes = [500, 200, 500];
  const options: NotificationOptions & { renotify: boolean; vibrate: number[] } = {
    body,
    lang: language,
    tag: link,
    renotify: true,
    requireInteraction: true,
    vibrate: shakes,
    data: link,
  };
  return scope.registration.showNotification(title, options);
};

/** The page of the ticket, where it is open already or anew. */
const openPage = async (link: string): Promise<void> => {
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ url }) => new URL(url).pathname === pathOf(link));
  await (page ? page.focus() : scope.clients.openWindow(pathOf(link)));
};

scope.addEventListener('push', (event) => {
  const { data, waitUntil } = event as Lasting & { readonly data: { readonly json: () => PushMessage } | null };
  if (data) waitUntil.call(event, show(data.json()));
});
scope.addEventListener('notificationclick', (event) => {
  const { notification, waitUntil } = event as Lasting & { readonly notification: Notification };
  notification.close();
  waitUntil.call(event, openPage(String(notification.data)));
});
