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
  { id: 'services', name: 'services.title', needs: 'setup:change' },
  { id: 'audit', name: 'audit.title', needs: 'audit:read' },
] as const satisfies readonly SectionOfAdministration[];

export type Section = (typeof sections)[number];

/** Those that somebody may see. */
export const sectionsFor = (me: Principal): readonly Section[] => sections.filter(({ needs }) => mayAct(me, needs));
