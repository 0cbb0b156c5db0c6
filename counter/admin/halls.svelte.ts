import { askUntilAnswered } from '@antrean/shared/client/ask-server.ts';
import { readBranch } from '@antrean/shared/client/find-branch.ts';
import type { BranchList, BranchView } from '@antrean/shared/protocol/branch.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import { SvelteMap } from 'svelte/reactivity';

/** The halls of the installation by name, and the agencies of those that were asked for. */
export class Halls {
  #list = $state.raw<BranchList>([]);
  readonly #views = new SvelteMap<string, BranchView>();
  readonly #asked: string[] = [];

  constructor(here: BranchView) {
    this.#views.set(here.id, here);
    this.#asked.push(here.id);
    void askUntilAnswered<BranchList>({ path: '/v1/branches', language: 'en' }).then((reply) => {
      if (reply.kind === 'done') this.#list = reply.body;
    });
  }

  get list(): BranchList {
    return this.#list;
  }

  /** The id itself until the name has come. */
  name(id: string, language: string): string {
    const view = this.#views.get(id);
    const name = view?.name ?? this.#list.find((branch) => branch.id === id)?.name;
    return sayName(name, language, view?.languages) || id;
  }

  /** Those known so far; `learn` brings the others. */
  agencies(branchId: string | null): BranchView['agencies'] {
    return (branchId !== null && this.#views.get(branchId)?.agencies) || [];
  }

  agencyName(branchId: string | null, agencyId: string, language: string): string {
    const agency = this.agencies(branchId).find(({ id }) => id === agencyId);
    return sayName(agency?.name, language, branchId === null ? [] : this.#views.get(branchId)?.languages) || agencyId;
  }

  /** Asks for what a hall offers, once. */
  learn(branchId: string): void {
    if (this.#asked.includes(branchId)) return;
    this.#asked.push(branchId);
    void readBranch(branchId).then((view) => view && this.#views.set(branchId, view));
  }
}
