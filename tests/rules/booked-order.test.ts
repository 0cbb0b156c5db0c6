import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRatio, anySkills } from './any-commands.ts';
import { counterId, kiosk, manager, minutes, priorityId, serviceId, type Skills, Story } from './story.ts';

const seed = process.env.ANTREAN_SEED === undefined ? {} : { seed: Number(process.env.ANTREAN_SEED) };
const numRuns = Number(process.env.ANTREAN_DAYS ?? 200);

/** A hall where walk-ins and visitors with appointments come early, in time and late, and counters call. */
const anyMix = fc.record({
  rules: fc.record({ callByMs: fc.integer({ min: 1, max: 60 }).map(minutes), ratio: anyRatio }, { requiredKeys: [] }),
  window: fc.record({ earlyMs: fc.integer({ min: 0, max: 40 }), lateMs: fc.integer({ min: 0, max: 20 }) }),
  skills: anySkills,
  steps: fc.array(
    fc.record({
      arrivals: fc.array(
        fc.record({
          service: fc.constantFrom('tax', 'land', 'birth'),
          priority: fc.constantFrom(null, null, null, 'elderly'),
          /** How long after the check-in the hour is, minutes; `null`: no appointment. */
          hourIn: fc.constantFrom(null, null, null, -15, -5, -1, 0, 1, 5, 10, 20, 35),
        }),
        { maxLength: 3 },
      ),
      afterMs: fc.oneof(fc.nat(minutes(1)), fc.nat(minutes(5)), fc.constant(0)),
      counter: fc.constantFrom('c1', 'c1', 'c1', 'c2', 'c3'),
    }),
    { minLength: 20, maxLength: 80, size: 'max' },
  ),
});

const seen = { walkInFirst: 0, bookedFirst: 0, beforeItsHour: 0 };

test('[APPT-2] in every mix who came before an hour goes before it, and who came after it goes after it', () => {
  fc.assert(
    fc.property(anyMix, ({ rules, window, skills, steps }) => {
      const appointments = { earlyMs: minutes(window.earlyMs), lateMs: minutes(window.lateMs) };
      const story = new Story(
        { callNextFinishes: true, confirmsArrival: false, appointments, ...rules },
        skills as Skills,
      );
      story.openDay().openCounter('c1', 'adi').openCounter('c2', 'budi').openCounter('c3', 'citra');
      /** The hours of those who were checked in within the window, by ticket. */
      const hours = new Map<string, number>();
      let now = story.hall.lastAt;
      for (const { arrivals, afterMs, counter } of steps) {
        for (const { service, priority, hourIn } of arrivals) {
          const hour = hourIn === null ? null : now + minutes(hourIn);
          const visitor = {
            serviceId: serviceId(service),
            priority: priority === null ? null : priorityId(priority),
            language: null,
            channel: 'reception' as const,
            ...(hour !== null && { bookedFor: hour }),
          };
          const actor = hour === null ? kiosk : manager;
          if (!story.ask('issue-ticket', visitor, now, actor).accepted) continue;
          const [issued] = story.tell('issue-ticket', visitor, now, actor);
          const isInTime = hour !== null && now <= hour + appointments.lateMs;
          if (isInTime) hours.set((issued as HallEvent & { data: { ticketId: string } }).data.ticketId, hour);
        }
        now += afterMs;
        const before = [...story.hall.tickets.values()].filter(({ status }) => status === 'waiting');
        const command = { counterId: counterId(counter) };
        if (!story.ask('call-next', command, now).accepted) continue;
        const { data } = story.tell('call-next', command, now).at(-1) as HallEvent & { type: 'ticket.called' };
        const called = story.ticket(data.ticketId);
        const { serves, laterMs } = story.setup.counters.get(command.counterId)!;
        const isAlike = (other: Ticket): boolean =>
          other.id !== called.id &&
          other.priority === called.priority &&
          serves.has(other.serviceId) === serves.has(called.serviceId) &&
          (laterMs?.get(other.serviceId) ?? 0) === (laterMs?.get(called.serviceId) ?? 0);
        expect(data.why.waitedMs).toBeGreaterThanOrEqual(0);
        expect(data.why.bookedFor).toBe(hours.get(called.id));
        const hour = hours.get(called.id);
        if (hour !== undefined && hour > now) seen.beforeItsHour += 1;
        if (data.why.rule === 'overflow') continue;
        for (const other of before.filter(isAlike)) {
          const otherHour = hours.get(other.id);
          if (hour === undefined && otherHour !== undefined) {
            expect(called.issuedAt, 'a walk-in who came after the hour was called before it').toBeLessThanOrEqual(
              otherHour,
            );
            seen.walkInFirst += 1;
          }
          if (hour !== undefined && otherHour === undefined) {
            expect(other.issuedAt, 'somebody who came before the hour was still waiting').toBeGreaterThanOrEqual(hour);
            seen.bookedFirst += 1;
          }
        }
      }
    }),
    { numRuns, ...seed },
  );
  console.log(`appointments: ${JSON.stringify(seen)}`);
  // A mix that never has both proves nothing.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
});
