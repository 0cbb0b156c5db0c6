/** A way to break the product: a text of one of its files that another takes the place of. */
export interface PlantedFault {
  readonly name: string;
  /** From the top of the tree. */
  readonly file: string;
  /** Stands there once. */
  readonly find: string;
  readonly put: string;
  /** What catches it: invariants of the simulation. */
  readonly breaks: RegExp;
}

/** The file with the fault in it. Throws when its text is not there any more: then the fault is to be planted anew. */
export const withFault = ({ name, file, find, put }: PlantedFault, source: string): string => {
  if (source.split(find).length !== 2) throw new Error(`"${name}" finds its text in ${file} not once`);
  return source.replace(find, () => put);
};

/** Each is one that somebody could make in a change of the file, and each must be caught (docs/simulation.md). */
export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'an append that was refused is taken for done',
    file: 'server/hall/branch.ts',
    find: "if (appended === 'moved') return 'moved';",
    put: "if (appended === 'moved') return 'done';",
    breaks: /^(I4|I12):/,
  },
  {
    name: 'screens are told before the commit',
    file: 'server/hall/branch.ts',
    find: '    const [append, lookedUp, version] = await',
    put: "    this.#ports.follow(batch.hall, batch.changes, this.#head.epoch, 'commit');\n    const [append, lookedUp, version] = await",
    breaks: /^I12:/,
  },
  {
    name: 'a feed with a hole in it is taken for whole',
    file: 'server/hall/branch.ts',
    find: 'const isWhole = news.every(({ version }, index) => version === this.#hall.version + 1 + index);',
    put: 'const isWhole = true;',
    breaks: /^I7:/,
  },
  {
    name: 'a node that hears of a new set-up reads it only with the next command',
    file: 'server/hall/branch.ts',
    find: 'if (version <= this.#hall.version && !this.isSetupOld) return;',
    put: 'if (version <= this.#hall.version) return;',
    breaks: /^I7:/,
  },
  {
    name: 'a node forgets to fold a note that came from elsewhere',
    file: 'server/hall/branch.ts',
    find: '      applyTo(draft, event);',
    put: "      if (event.type === 'ticket.noted') draft.version = event.version;\n      else applyTo(draft, event);",
    breaks: /^I7:/,
  },
  {
    name: 'a statement without an answer is not kept in mind',
    file: 'server/hall/branch.ts',
    find: "if (failure.kind === 'unknown') this.#noteDoubt(batch.changes.events, until);",
    put: '',
    breaks: /^(I4|I5|SAME-1):/,
  },
  {
    name: 'a refused command is not looked up in the ledger',
    file: 'server/hall/branch.ts',
    find: 'const lookUp = refused.length > 0 ? findCommands(this.#ports.sql, this.id, refused) : noCommands;',
    put: 'const lookUp = noCommands;',
    breaks: /^(I4|I5|SAME-1):/,
  },
  {
    name: 'what is refused is refused on an old state',
    file: 'server/hall/branch.ts',
    find: 'batch.changes.events.length > 0 ? this.#hall.version : this.#readVersion();',
    put: 'this.#hall.version;',
    breaks: /^SAME-4:/,
  },
  {
    name: 'a refused command leaves a trace in the state',
    file: 'server/hall/decide-batch.ts',
    find: 'if (!decision.accepted) return decision;',
    put: 'if (!decision.accepted) {\n      draft.lastAt = Math.max(draft.lastAt, now);\n      return decision;\n    }',
    breaks: /^(I7|SHOW-2):/,
  },
  {
    name: 'time goes back with the clock',
    file: 'server/hall/decide-batch.ts',
    find: 'at: Math.max(now, draft.lastAt),',
    put: 'at: now,',
    breaks: /^I\d+:/,
  },
  {
    name: 'a screen takes a patch that does not follow on',
    file: 'shared/views/entries.ts',
    find: "if (patch.after !== held.version) return 'gap';",
    put: '',
    breaks: /^SHOW-2:/,
  },
  {
    name: 'a screen believes every heartbeat',
    file: 'shared/views/screen.ts',
    find: '    held?.epoch === beat.epoch && held.version === beat.version && hashEntries(held.entries) === beat.hash;',
    put: '    held !== null || hashEntries(new Map()) === beat.hash;',
    breaks: /^I11:/,
  },
  {
    name: 'screens are not told of the line that a ticket went to',
    file: 'shared/views/board.ts',
    find: "'toServiceId' in data ? [`line/${data.toServiceId as ServiceId}`] : []",
    put: "'toServiceId' in data ? [] : []",
    breaks: /^SHOW-2:/,
  },
  {
    name: 'Redis keeps a ticket in the line that it left',
    file: 'server/live/live-lines.ts',
    find: 'if (data.serviceId !== ticket.serviceId) lineOf(data.serviceId).left.push(ticket.id);',
    put: '',
    breaks: /^I10:/,
  },
  {
    name: 'Redis is not told what is no more on the board',
    file: 'server/live/live-lines.ts',
    find: 'if (value === undefined) changes.gone.push(key);',
    put: 'if (value === undefined) continue;',
    breaks: /^I10:/,
  },
  {
    name: 'a ticket whose call is taken back does not stand in its line again',
    file: 'shared/domain/evolve.ts',
    find: "  if (ticket.status === 'waiting') joinLine(draft, ticket);\n  if (isOpen",
    put: '  if (isOpen',
    breaks: /^I\d+:/,
  },
  {
    name: 'a ticket that is fetched out of turn stays in its line',
    file: 'shared/domain/evolve.ts',
    find: "    if (before.status === 'waiting') leaveLine(draft, before);\n    leaveCounter(draft, before, { status: 'held'",
    put: "    leaveCounter(draft, before, { status: 'held'",
    breaks: /^I\d+:/,
  },
  {
    name: 'a number is given by how many there are',
    file: 'shared/domain/evolve.ts',
    find: 'draft.lastNumbers.set(prefix, value);',
    put: 'draft.lastNumbers.set(prefix, draft.waiting.size);',
    breaks: /^I[34]:/,
  },
];
