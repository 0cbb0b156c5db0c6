import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import type { CounterId } from '@antrean/shared/domain/ids.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { expect, test } from 'vitest';
import { smallHall } from './small-hall.ts';

const setupOf = (change: (text: string) => string = (text) => text) => {
  const { blueprint, faults } = parseBlueprint(change(smallHall));
  if (!blueprint) throw new Error(JSON.stringify(faults));
  return setupOfBlueprint(blueprint);
};

const minute = 60_000;

test('the rules of the file are the rules of the hall, in milliseconds', () => {
  expect(setupOf().rules).toEqual({
    confirmsArrival: true,
    callNextFinishes: false,
    callByMs: 90 * minute,
    unanswered: { afterMs: 45_000, recalls: 2, then: 'missed' },
    rejoin: { withinMs: 15 * minute, withinCalls: 3, times: 2, late: 'end-of-line' },
    moreTime: { forMs: 10 * minute, times: 2 },
    issuesOnlyInHours: true,
    stopBeforeClosingMs: 30 * minute,
    undoWithinMs: minute,
    nextAfterMs: 5_000,
    agentsMayChoose: false,
    hidesLine: false,
    openScreens: false,
    remoteJoining: true,
    survey: 'skm',
    webPush: true,
    contactMs: 48 * 60 * minute,
    ratio: { normal: 2, priority: 1 },
    appointments: { earlyMs: 20 * minute, lateMs: 5 * minute },
    announcements: { chime: true, voice: false, times: 2, volume: 60, quiet: { from: '22:00', to: '06:00' } },
    recordings: [
      {
        language: 'id',
        clip: 'n1',
        file: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        ms: 640,
      },
    ],
    waitTargetMinutes: 20,
    alerts: { waitMinutes: 45, waiting: 60, sharePercent: 65, servingMinutes: 40, silentMinutes: 5 },
    callColour: '#ffe08a',
  });
});

test('[ALERT-1] of what the file has no limit for, nothing is told', () => {
  const without = (...names: string[]) =>
    setupOf((text) => text.replaceAll(new RegExp(`^  (?:${names.join('|')}): .*\\n`, 'gm'), '')).rules;
  expect(without('alertWaitMinutes', 'alertDeviceSilentMinutes').alerts).toEqual({
    waiting: 60,
    sharePercent: 65,
    servingMinutes: 40,
  });
  expect(without('alert\\w+', 'waitTargetMinutes')).not.toHaveProperty('alerts');
  expect(without('waitTargetMinutes')).not.toHaveProperty('waitTargetMinutes');
});

test('[APPT-1] [APPT-2] half an hour before and ten minutes after, where the file does not say otherwise', () => {
  const given = '  appointments:\n    earlyMinutes: 20\n    lateMinutes: 5\n';
  const rulesWith = (instead: string) => setupOf((text) => text.replace(given, instead)).rules.appointments;
  expect(rulesWith('  appointments: {}\n')).toEqual({ earlyMs: 30 * minute, lateMs: 10 * minute });
  expect(rulesWith('  appointments:\n    lateMinutes: 0\n')).toEqual({ earlyMs: 30 * minute, lateMs: 0 });
  expect(rulesWith('')).toBeUndefined();
});

test('[VOICE-6] a call is announced once, at a volume of 80, where the file does not say otherwise', () => {
  const given = /  announcements:\n(    .*\n)+/;
  const rulesWith = (instead: string) => setupOf((text) => text.replace(given, instead)).rules.announcements;
  expect(rulesWith('  announcements: { chime: false, voice: true }\n')).toEqual({
    chime: false,
    voice: true,
    times: 1,
    volume: 80,
  });
  expect(rulesWith('')).toBeUndefined();
});

test('[CALL-8] [CALL-10] skills and helps reach the counters they name, and those only', () => {
  const { counters } = setupOf();
  const first = counters.get('loket-1' as CounterId)!;
  const second = counters.get('loket-2' as CounterId)!;
  expect(first.laterMs).toBeUndefined();
  expect([...(second.laterMs ?? [])]).toEqual([['CIV-01', 10 * minute]]);
  const helps = [
    ['CIV-01', 15 * minute],
    ['TAX-01', 15 * minute],
  ];
  expect([...(first.helpsAfterMs ?? [])]).toEqual(helps);
  expect([...(second.helpsAfterMs ?? [])]).toEqual(helps);
});

test('where two entries cover a service at a counter, the later in the list holds', () => {
  const more = `      laterMinutes: 10
    - counters: [ loket-1, loket-2 ]
      of: { agencies: [ CIV ] }
      laterMinutes: 3
`;
  const { counters } = setupOf((text) => text.replace('      laterMinutes: 10\n', more));
  expect([...(counters.get('loket-2' as CounterId)?.laterMs ?? [])]).toEqual([['CIV-01', 3 * minute]]);
});
