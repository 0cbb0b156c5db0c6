import type { BranchView } from '../protocol/branch.ts';
import { sayName } from './say-name.ts';

type Agency = BranchView['agencies'][number];
type Service = BranchView['services'][number];
type Counter = BranchView['counters'][number];

/** Finds what a hall offers by its id, and says it in a language. */
export class HallNames {
  /** IANA zone of the hall's clocks. */
  readonly zone: string;
  readonly #languages: readonly string[];
  readonly #agencies: ReadonlyMap<string, Agency>;
  readonly #services: ReadonlyMap<string, Service>;
  readonly #counters: ReadonlyMap<string, Counter>;
  readonly #priorities: ReadonlyMap<string, BranchView['priorities'][number]>;

  constructor(branch: BranchView) {
    this.zone = branch.zone;
    this.#languages = branch.languages;
    this.#agencies = byId(branch.agencies);
    this.#services = byId(branch.services);
    this.#counters = byId(branch.counters);
    this.#priorities = byId(branch.priorities);
  }

  findService(id: string): Service | undefined {
    return this.#services.get(id);
  }

  findCounter(id: string): Counter | undefined {
    return this.#counters.get(id);
  }

  /** What signs and voice say; the id itself while the set-up is not known yet. */
  counterNumber(id: string): string {
    return String(this.#counters.get(id)?.number ?? id);
  }

  service(id: string, language: string): string {
    return this.say(this.#services.get(id)?.name, language) || id;
  }

  /** The agency that a service belongs to. */
  agencyOf(serviceId: string, language: string): string {
    const agencyId = this.#services.get(serviceId)?.agencyId;
    return agencyId ? this.say(this.#agencies.get(agencyId)?.name, language) : '';
  }

  priority(id: string, language: string): string {
    return this.say(this.#priorities.get(id)?.name, language) || id;
  }

  /** A text of the set-up in the wanted language, else in the hall's own. */
  say(texts: Readonly<Record<string, string>> | undefined, language: string): string {
    return sayName(texts, language, this.#languages);
  }
}

const byId = <T extends { id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((item) => [item.id, item]));
