import { mayAct, type Permission, type Principal } from '@antrean/shared/domain/permissions.ts';
import type { MessageKey } from '@antrean/shared/locales/translate.ts';

/** The sections of the administration, each with what one must be allowed to see it. */
const sections = [{ id: 'staff', name: 'people.title', needs: 'staff:manage' }] as const satisfies readonly {
  id: string;
  name: MessageKey;
  needs: Permission;
}[];

export type Section = (typeof sections)[number];

/** Those that somebody may see. */
export const sectionsFor = (me: Principal): readonly Section[] => sections.filter(({ needs }) => mayAct(me, needs));
