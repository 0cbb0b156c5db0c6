import { randomUUID } from 'node:crypto';
import { ask } from './ask.ts';

export interface Route {
  readonly operationId: string;
  readonly method: 'GET' | 'POST';
  /** As described: `/v1/branches/{branchId}`. */
  readonly path: string;
  readonly operation: Operation;
}

export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: object }>> }>>;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: object }[];
  readonly requestBody?: { content: Readonly<Record<string, { schema: object }>>; required?: boolean };
}

/** Every route that the running server says it has: a new one appears here by itself. */
export const listRoutes = async (address: string): Promise<Route[]> => {
  const { body } = await ask(`${address}/api/openapi.json`, 'GET');
  const paths = (body as { paths: Record<string, Record<string, Operation>> }).paths;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      operationId: operation.operationId ?? `${method} ${path}`,
      method: method.toUpperCase() as Route['method'],
      path,
      operation,
    })),
  );
};

export const ids = {
  counterId: 'C-1',
  ticketId: '00000000-0000-4000-8000-000000000000',
  run: 'Z1-2',
  number: 'Z1',
  date: '2026-01-05',
  link: 'AAAAAAAAAAAAAAAAAAAAAA',
  staffId: 'nobody',
  sessionId: '0'.repeat(32),
  deviceId: 'no-device',
  place: 'no-device',
  revision: '1',
  fileId: 'no-file',
  uploadId: '00000000-0000-4000-8000-000000000000',
  position: '1',
  printerId: 'no-printer',
  subscriberId: '00000000-0000-4000-8000-000000000000',
  alertId: '00000000-0000-4000-8000-000000000000',
};

/** The address of a route, for a branch; other ids as given, else of a counter that there is and a ticket that is not. */
export const addressOf = (route: Route, branchId: string, named: Partial<typeof ids> = {}): string =>
  route.path.replace(/\{(\w+)\}/g, (_, name: string) => ({ ...ids, branchId, ...named })[name] ?? name);

/** A body that each route takes. */
export const bodyOf = (operationId: string): Record<string, unknown> | undefined => {
  const commandId = randomUUID();
  switch (operationId) {
    case 'signIn':
      return { login: 'nobody', password: 'nothing' };
    case 'signInCode':
      return { halfway: 'nothing', code: '000000' };
    case 'beginFactor':
      return { password: 'nothing' };
    case 'confirmFactor':
      return { pending: 'nothing', code: '000000' };
    case 'renewRecoveryCodes':
    case 'removeFactor':
      return { password: 'nothing', code: '000000' };
    case 'setUp':
      return { code: 'none', login: 'somebody', displayName: 'Somebody', password: 'seven quiet herons fly' };
    case 'changePassword':
      return { current: 'nothing', password: 'seven quiet herons fly' };
    case 'addStaff':
      return { branchId: null, login: 'somebody', displayName: 'Somebody', role: 'agent' };
    case 'changeStaff':
      return { displayName: 'Somebody' };
    case 'giveContact':
      return { consent: true, phone: '+62 811 1000 2000' };
    case 'rateVisit':
      return { stars: 5 };
    case 'answerSurvey':
      return { marks: [1, 2, 3, 4, 4, 4, 4, 4, 4] };
    case 'askPush':
      return {
        language: 'en',
        subscription: {
          endpoint: 'https://fcm.googleapis.com/fcm/send/nobody',
          keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) },
        },
      };
    case 'exportContacts':
    case 'eraseContacts':
      return { phone: '+62 811 1000 2000', reason: 'asked at the desk' };
    case 'givePaper':
      return { commandId, link: 'A'.repeat(22) };
    case 'tellPaper':
      return { commandId, link: 'A'.repeat(22), cameOut: 'yes' };
    case 'beginPairing':
      return { kind: 'display' };
    case 'showPairing':
      return { code: 'AAAA-AAAA' };
    case 'approveDevice':
      return { code: 'AAAA-AAAA', name: 'Lobby' };
    case 'changeDevice':
      return { name: 'Lobby' };
    case 'reportHealth':
      return { version: 1, width: 1920, height: 1080, sound: 'none' };
    case 'answerSoundTest':
      return { askedAt: 1, answer: 'played' };
    case 'takePolicyReport':
    case 'revokeDevice':
    case 'testSound':
    case 'callStaff':
    case 'answerHelpCall':
    case 'testPrinter':
    case 'eraseOwnContact':
    case 'noteActivity':
    case 'endSession':
    case 'resetPassword':
    case 'resetFactor':
    case 'endStaffSessions':
      return undefined;
    case 'removeFile':
    case 'removeAlertSubscriber':
    case 'testAlertSubscriber':
    case 'removeReportSubscriber':
    case 'sendReportNow':
      return undefined;
    case 'addReportSubscriber':
      return { address: 'manager@example.org', language: 'en', every: 'week' };
    case 'addAlertSubscriber':
      return { address: 'manager@example.org', language: 'en' };
    case 'addAlertWebhook':
      return { url: 'https://hooks.example.org/antrean' };
    case 'keepFile':
      return { uploadId: ids.uploadId, name: 'a picture' };
    case 'issueTicket':
      return { commandId, serviceId: 'S-0' };
    case 'callTicket':
      return { commandId, ticketId: ids.ticketId };
    case 'resumeTicket':
      return { commandId, ticketId: ids.ticketId };
    case 'holdTicket':
      return { commandId, minutes: 10, reason: 'a copy' };
    case 'addLeg':
      return { commandId, serviceId: 'S-1' };
    case 'noteTicket':
      return { commandId, note: 'wheelchair' };
    case 'showMessage':
      return { commandId, texts: { en: 'Counter 3 is closed until noon' }, minutes: 30 };
    case 'voidTickets':
      return { commandId, from: 1, to: 2, prefix: 'Z' };
    case 'reassignTickets':
      return { commandId, agentId: 'nobody' };
    case 'simulateRules':
      return { rules: { callByMinutes: 30 }, targetMinutes: 10, date: '2026-01-05' };
    // Drafts: what is wrong with them is another question than who may send them.
    case 'previewBlueprint':
      return { text: 'format: 1' };
    case 'addHall':
      return { blueprint: {} };
    case 'applyBlueprint':
      return { baseRevision: 1, blueprint: {} };
    case 'snoozeAlert':
      return { minutes: 15 };
    case 'pauseService':
    case 'pauseCounter':
      return { commandId, reason: 'lunch' };
    default:
      return { commandId };
  }
};
