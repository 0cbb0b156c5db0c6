import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { AppliedView, BlueprintView, PreviewView } from '@antrean/shared/protocol/set-up-change.ts';
import type { Asking } from '../asking.svelte.ts';

/**
 * The set-up of the hall as it is, and as somebody would have it. Whatever is changed goes one way: draft, preview, apply.
 * To be made while a component starts.
 */
export class Draft {
  readonly asking: Asking;
  readonly #path: string;
  #base = $state.raw<BlueprintView | null>(null);
  #draft = $state.raw<Blueprint | null>(null);
  #preview = $state.raw<PreviewView | null>(null);
  #appliedRevision = $state<number | null>(null);
  /** Whether what would be applied is another set-up than the one that holds. */
  readonly isChanged = $derived(this.#base !== null && this.#draft !== this.#base.blueprint);

  constructor(branchId: string, asking: Asking) {
    this.#path = `/v1/branches/${branchId}/blueprint`;
    this.asking = asking;
    $effect(() => {
      if (!this.isChanged) return;
      // A page that is closed or loaded anew by mistake would take the draft with it.
      const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
      addEventListener('beforeunload', warn);
      return () => removeEventListener('beforeunload', warn);
    });
  }

  /** What holds; `null` until it has come. */
  get base(): BlueprintView | null {
    return this.#base;
  }

  /** What would be applied; `null` until the set-up has come. */
  get blueprint(): Blueprint | null {
    return this.#draft;
  }

  /** What would change, or what is wrong; `null`: nobody has asked. */
  get preview(): PreviewView | null {
    return this.#preview;
  }

  /** The revision that was applied just now. */
  get appliedRevision(): number | null {
    return this.#appliedRevision;
  }

  readonly load = async (): Promise<void> => {
    const base = await this.asking.ask<BlueprintView>(this.#path);
    if (!base) return;
    if (!this.isChanged) this.#draft = base.blueprint;
    this.#base = base;
  };

  readonly change = (blueprint: Blueprint): void => {
    this.#draft = blueprint;
    this.#appliedRevision = null;
  };

  readonly discard = (): void => {
    this.#draft = this.#base?.blueprint ?? null;
    this.#preview = null;
  };

  readonly closePreview = (): void => {
    this.#preview = null;
  };

  /** @param from a blueprint, or the text of its file; absent: the draft */
  readonly look = async (
    from: { blueprint: unknown } | { text: string } = { blueprint: this.#draft },
  ): Promise<void> => {
    this.#appliedRevision = null;
    this.#preview = await this.asking.ask<PreviewView>(`${this.#path}/preview`, from);
  };

  /** Applies what the preview shows. Should somebody have been faster, everything stays for another look. */
  readonly apply = async (): Promise<void> => {
    const { blueprint, revision } = this.#preview ?? {};
    if (!blueprint) return;
    const applied = await this.asking.ask<AppliedView>(this.#path, { blueprint, baseRevision: revision });
    if (!applied) return;
    this.#base = { revision: applied.revision, blueprint };
    this.#draft = blueprint;
    this.#preview = null;
    this.#appliedRevision = applied.revision;
  };
}
