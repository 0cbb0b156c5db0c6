import { shutServices } from '@antrean/shared/domain/shut-services.ts';
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import { translator } from '@antrean/shared/locales/translate.ts';
import { sayShut } from '@antrean/shared/views/say-shut.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import { expect, test } from 'vitest';
import { agent, at, kiosk, manager, serviceId, Story } from './story.ts';

const tax = { serviceId: serviceId('tax') };
const noNetwork = { ...tax, reason: 'no network' };
const visit = { priority: null, channel: 'kiosk', language: null } as const;

test('[PAUSE-1] a paused service gives visitors and kiosks no number, and serves who waits', () => {
  const story = new Story().openDay().openCounter();
  const waiting = story.issue('tax', '09:00');
  expect(story.tell('pause-service', noNetwork, at('09:05'))).toMatchObject([
    { type: 'service.paused', data: { serviceId: 'tax', reason: 'no network' } },
  ]);
  for (const actor of [kiosk, { kind: 'visitor' } as const, agent('adi')]) {
    expect(story.refusal('issue-ticket', { ...tax, ...visit }, at('09:06'), actor)).toEqual({
      code: 'SERVICE_PAUSED',
      details: { serviceId: 'tax' },
    });
  }
  const [issued] = story.tell('issue-ticket', { ...tax, ...visit }, at('09:07'), manager);
  expect(issued?.type).toBe('ticket.issued');
  expect(story.issue('land', '09:08').status).toBe('waiting');
  expect(story.callNext('c1', '09:09').ticketId).toBe(waiting.id);

  const shut = shutServices(story.hall, story.setup, at('09:10'));
  expect(shut).toEqual([{ id: 'tax', why: 'paused' }]);
  expect(sayShut(translator('en', en), shut[0]!, 'Asia/Jakarta', at('09:10'))).toBe(en['kiosk.noNumbers']);
});

test('[PAUSE-1] staff see why and since when, public screens do not', () => {
  const story = new Story().openDay();
  story.tell('pause-service', noNetwork, at('09:05'));
  expect(viewOf('floor', story.hall).get('paused/tax')).toEqual({ reason: 'no network', since: at('09:05') });
  expect(JSON.stringify([...viewOf('board', story.hall)])).not.toContain('no network');
});

test('[PAUSE-1] a journey begins with a service that gives numbers, while there is one', () => {
  const story = new Story().openDay().openCounter();
  const usual = story.begin('moved', '08:10');
  expect(usual.serviceId).toBe('tax');
  story.tell('pause-service', { serviceId: usual.serviceId, reason: 'no network' }, at('09:00'));
  expect(story.begin('moved', '09:01').serviceId).not.toBe(usual.serviceId);
});

test('[PAUSE-1] [PAUSE-2] what makes no sense is refused, and nothing changes', () => {
  const story = new Story();
  const refused = (type: 'pause-service' | 'resume-service', id: string, time: string) =>
    story.refusal(type, { serviceId: serviceId(id), reason: 'x' }, at(time)).code;
  expect(refused('pause-service', 'tax', '07:00')).toBe('DAY_NOT_OPEN');
  story.openDay();
  expect(refused('pause-service', 'nowhere', '09:00')).toBe('SERVICE_UNKNOWN');
  expect(refused('resume-service', 'nowhere', '09:00')).toBe('SERVICE_UNKNOWN');
  expect(refused('resume-service', 'tax', '09:00')).toBe('SERVICE_NOT_PAUSED');
  story.tell('pause-service', noNetwork, at('09:01'));
  expect(refused('pause-service', 'tax', '09:02')).toBe('SERVICE_PAUSED');
});

test('[PAUSE-2] it goes on when it is resumed, and on the next business day', () => {
  const story = new Story().openDay();
  story.tell('pause-service', noNetwork, at('09:00'));
  story.tell('resume-service', tax, at('09:30'));
  expect(story.issue('tax', '09:31').status).toBe('waiting');
  expect(viewOf('floor', story.hall).has('paused/tax')).toBe(false);

  story.tell('pause-service', noNetwork, at('10:00'));
  story.tell('close-day', {}, at('15:00'));
  story.tell('open-day', { date: '2026-08-18' }, at('15:05'));
  expect(story.hall.pausedServices.has(serviceId('tax'))).toBe(true);
  story.tell('close-day', {}, at('15:10'));
  story.tell('open-day', { date: '2026-08-19' }, at('23:00'));
  expect(story.hall.pausedServices.size).toBe(0);
});
