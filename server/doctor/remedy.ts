import type { Invariant } from '@antrean/shared/domain/check-ledger.ts';

const broken =
  'The program broke its own rule, if I6 is not found as well; with I6 it follows from that. The hall may go on: see to ' +
  'the tickets named here by hand, keep this report and a copy of the database (pg_dump), and report it as a fault.';

/** What to do when an invariant is found not to hold. */
export const remedies: Readonly<Record<Invariant, string>> = {
  I1: broken,
  I2: broken,
  I3: broken,
  I4: broken,
  I5: broken,
  I6:
    'The ledger is not as it was committed: somebody wrote into it past Antrean, or a disk failed. Stop the servers, keep ' +
    'a copy (pg_dump), and restore the last backup that the doctor finds sound.',
  I7:
    'Tables and ledger do not agree, and the ledger is right. If I6 is found too, see there first. Otherwise stop the ' +
    'servers, make the rows named here what the ledger says, and start again.',
  I8: broken,
  I9: `The set-up may have been changed past an import; then import it. Otherwise: ${broken}`,
  I10:
    'Servers write Redis anew by themselves within seconds: see that one runs and reaches Redis. If this stays, delete the ' +
    "hall's keys in Redis, {b:<hall>}:*; they are written anew at once, and nothing is lost.",
  I11: 'Restart that server: it folds the ledger anew, and its screens take everything anew. If this comes back, report it.',
  I12:
    'Something was shown that Postgres does not have: it was restored from a backup, or it lost what it had acknowledged. ' +
    'Stop the servers, give the hall a new epoch (update branch_head set epoch = gen_random_uuid()) so that every copy is ' +
    'dropped, and start again. If nobody restored anything, see fsync and the disks of Postgres first.',
  I14:
    'No server has deleted it: see that one runs and that its log says nothing of it. It is deleted within a minute of a ' +
    'server reaching the database.',
  audit:
    'Somebody with access to the database wrote into the audit trail past Antrean, or a disk failed. The hall goes on. Keep a ' +
    'copy (pg_dump), find who has such access, and compare with exported files (/v1/audit.jsonl) or a backup. The trail is ' +
    'not mended: what is named here stays as a mark.',
  'set-up':
    'Import a blueprint that has what is named here (antrean blueprint import FILE), or cancel those tickets and close ' +
    'those counters. If only the revision differs, importing the blueprint again is enough.',
};
