import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** Notes that the set-up in Postgres has a newer revision (SETUP-1). */
export const changeSetup: Decider<'change-setup'> = (hall, _setup, { revision }) =>
  revision > hall.setupRevision
    ? accept(event('setup.changed', { revision }))
    : refuse('SETUP_NOT_NEWER', { revision, known: hall.setupRevision });
