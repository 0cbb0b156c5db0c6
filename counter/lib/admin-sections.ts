import { mayAct, type Permission, type Principal } from '@antrean/shared/domain/permissions.ts';
import type { MessageKey } from '@antrean/shared/locales/translate.ts';

interface SectionOfAdministration {
  readonly id: string;
  readonly name: MessageKey;
  /** Whoever may not do this does not see the section. */
  readonly needs: Permission;
}

const sections = [
  { id: 'staff', name: 'people.title', needs: 'staff:manage' },
  { id: 'set-up', name: 'hallSetup.title', needs: 'setup:read' },
  { id: 'own', name: 'own.title', needs: 'setup:change' },
  { id: 'agencies', name: 'agencies.title', needs: 'setup:change' },
  { id: 'services', name: 'services.title', needs: 'setup:change' },
  { id: 'counters', name: 'counters.title', needs: 'setup:change' },
  { id: 'hours', name: 'hours.title', needs: 'setup:change' },
  { id: 'priorities', name: 'priorities.title', needs: 'setup:change' },
  { id: 'rules', name: 'rules.title', needs: 'setup:change' },
  { id: 'screens', name: 'screens.title', needs: 'setup:change' },
  { id: 'printers', name: 'printers.title', needs: 'setup:change' },
  { id: 'voices', name: 'voices.title', needs: 'setup:change' },
  { id: 'texts', name: 'texts.title', needs: 'setup:change' },
  { id: 'alerts', name: 'alertMail.title', needs: 'setup:change' },
  { id: 'report-mail', name: 'reportMail.title', needs: 'setup:change' },
  { id: 'new-hall', name: 'newHall.title', needs: 'hall:add' },
  { id: 'satisfaction', name: 'satisfaction.title', needs: 'satisfaction:read' },
  { id: 'personal', name: 'personal.title', needs: 'person:manage' },
  { id: 'audit', name: 'audit.title', needs: 'audit:read' },
] as const satisfies readonly SectionOfAdministration[];

export type Section = (typeof sections)[number];

/** Those that somebody may see. */
export const sectionsFor = (me: Principal): readonly Section[] => sections.filter(({ needs }) => mayAct(me, needs));
