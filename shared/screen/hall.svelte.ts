import { readBranch } from '@antrean/shared/client/find-branch.ts';
import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import type { AudienceName, SetupEntry } from '@antrean/shared/protocol/screens.ts';
import { HallNames } from '@antrean/shared/views/hall-names.ts';
import { LiveScreen } from './live-screen.svelte.ts';

/**
 * One hall on a screen: what it offers, and what happens in it. To be made while a component starts. A staff screen is
 * told by `refused` that its session has ended.
 */
export class Hall {
  readonly live: LiveScreen;
  #branch: BranchView;
  readonly names: HallNames;

  constructor(branch: BranchView, audience: AudienceName, refused = () => {}) {
    this.#branch = $state.raw(branch);
    this.names = $derived(new HallNames(this.#branch));
    this.live = new LiveScreen({ audience, branchId: branch.id }, refused);
    // A change of the set-up reaches the screen as a number; the texts themselves are asked for.
    $effect(() => {
      const setup = this.live.entries.get('setup') as SetupEntry | undefined;
      if (setup && setup.revision > this.#branch.revision) void this.#renew();
    });
    $effect(() => this.live.stop);
  }

  get branch(): BranchView {
    return this.#branch;
  }

  async #renew(): Promise<void> {
    this.#branch = (await readBranch(this.#branch.id)) ?? this.#branch;
  }
}
