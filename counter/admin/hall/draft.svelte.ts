import { isSame, type Path, putAt, valueAt } from '@antrean/shared/domain/draft.ts';
import { blueprintFaults, type DraftFault } from '@antrean/shared/protocol/blueprint-faults.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { AppliedView, BlueprintView, PreviewView } from '@antrean/shared/protocol/set-up-change.ts';
import { takeOverDraft } from '@antrean/shared/protocol/take-over-draft.ts';
import type { Asking } from '../asking.svelte.ts';
import { untrack } from 'svelte';
import { keepDraft, keptDraft } from './kept-draft.ts';

const shapeFaults: ReadonlySet<string> = new Set(['MISSING_FIELD', 'UNKNOWN_FIELD', 'WRONG_TYPE', 'WRONG_VALUE']);

/** So long after the last change faults are looked for, ms: all of 240 services take 20 to 60. */
const settlesAfterMs = 120;

/**
 * The set-up of the hall as it is, and as somebody would have it. Whatever is changed goes one way: draft, preview, apply.
 * The tab keeps a draft over a reload, with the revision it was made of.
 * To be made while a component starts.
 */
export class Draft {
  readonly asking: Asking;
  readonly #hallPath: string;
  readonly #path: string;
  readonly #branchId: string;
  readonly #by: string;
  #base = $state.raw<BlueprintView | null>(null);
  #draft = $state.raw<Blueprint | null>(null);
  #preview = $state.raw<PreviewView | null>(null);
  /** Whether the preview is that of the draft, and not of a file or an earlier set-up. */
  #looksAtDraft = $state(false);
  #appliedRevision = $state<number | null>(null);
  #isRestored = $state(false);
  #faults = $state.raw<readonly DraftFault[]>([]);
  #readable = $state.raw<Blueprint | null>(null);
  readonly #faultsByPlace = $derived(Map.groupBy(this.#faults, ({ path }) => JSON.stringify(path)));
  /** Whether what would be applied is another set-up than the one that holds. */
  readonly isChanged = $derived(this.#base !== null && this.#draft !== this.#base.blueprint);

  /** @param by the login of whoever edits */
  constructor(branchId: string, by: string, asking: Asking) {
    this.#branchId = branchId;
    this.#by = by;
    this.#hallPath = `/v1/branches/${branchId}`;
    this.#path = `${this.#hallPath}/blueprint`;
    this.asking = asking;
    $effect(() => {
      if (!this.isChanged) return;
      // A page that is closed or loaded anew by mistake would take the draft with it.
      const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
      addEventListener('beforeunload', warn);
      return () => removeEventListener('beforeunload', warn);
    });
    $effect(() => {
      const draft = this.isChanged ? this.#draft : null;
      const revision = this.#base?.revision;
      if (revision === undefined) return;
      const settle = (): void => {
        this.#faults = draft ? blueprintFaults(draft) : [];
        this.#readable = untrack(() => this.#readableNow());
        keepDraft(branchId, by, draft && { revision, blueprint: draft });
      };
      const timer = setTimeout(settle, settlesAfterMs);
      return () => clearTimeout(timer);
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

  /** Whether the preview shows the draft: what is wrong in it can be edited. */
  get looksAtDraft(): boolean {
    return this.#looksAtDraft;
  }

  /** The revision that was applied just now. */
  get appliedRevision(): number | null {
    return this.#appliedRevision;
  }

  /** Whether the draft is one that the tab kept. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  /** What is wrong in the draft, soon after it was changed. */
  get faults(): readonly DraftFault[] {
    return this.#faults;
  }

  /** The draft as it was when each of its fields last held what it may; what they say of one another may be wrong. Its screens do not wait for the rest. */
  get readable(): Blueprint | null {
    return this.#readable;
  }

  readonly #readableNow = (): Blueprint | null => {
    const wrong = this.#faults.filter(({ code }) => shapeFaults.has(code));
    if (wrong.length === 0 || !this.#draft) return this.#draft;
    const before = this.#readable ?? this.#base?.blueprint;
    if (!before || wrong.some(({ path }) => path[0] === 'screens')) return this.#readable;
    const { screens: _, ...others } = before;
    return { ...others, ...(this.#draft.screens && { screens: this.#draft.screens }) };
  };

  /** What is wrong at one place of the draft. */
  faultsAt(path: Path): readonly DraftFault[] {
    return this.#faultsByPlace.get(JSON.stringify(path)) ?? [];
  }

  /** How much is wrong at a place and in all that it holds. */
  countFaults(path: Path): number {
    return this.#faults.filter((fault) => path.every((step, at) => fault.path[at] === step)).length;
  }

  /** What stands at a place of the draft; `undefined`: nothing. */
  at<T>(path: Path): T | undefined {
    return valueAt(this.#draft, path) as T | undefined;
  }

  /** @param value `undefined` takes out what stands there */
  readonly put = (path: Path, value: unknown): void => {
    if (this.#draft) this.change(putAt(this.#draft, path, value));
  };

  /** Whether a place of the draft is another than in the set-up that holds. */
  isOther(path: Path, before: unknown): boolean {
    return !isSame(this.at(path), before);
  }

  /** Reads what holds; a draft stays, and one that the tab kept comes back with the set-up it was made of. */
  readonly load = async (): Promise<void> => {
    if (this.isChanged) return;
    const base = await this.asking.ask<BlueprintView>(this.#path);
    if (!base) return;
    const kept = this.#base ? null : keptDraft(this.#branchId, this.#by);
    const from = kept && kept.revision !== base.revision ? await this.#earlier(kept.revision) : base;
    this.#isRestored = kept !== null && from !== null;
    this.#draft = (from && kept?.blueprint) ?? base.blueprint;
    this.#base = from ?? base;
  };

  readonly #earlier = (revision: number): Promise<BlueprintView | null> =>
    this.asking.ask<BlueprintView>(`${this.#hallPath}/revisions/${revision}`);

  /** Makes the same changes in the set-up that holds meanwhile. */
  readonly takeOver = async (): Promise<void> => {
    const onto = await this.asking.ask<BlueprintView>(this.#path);
    if (!onto || !this.#base || !this.#draft) return;
    this.#draft = takeOverDraft(this.#base.blueprint, this.#draft, onto.blueprint);
    this.#base = onto;
    this.#preview = null;
  };

  readonly change = (blueprint: Blueprint): void => {
    this.#draft = blueprint;
    this.#appliedRevision = null;
    this.#isRestored = false;
  };

  readonly discard = (): void => {
    this.#draft = this.#base?.blueprint ?? null;
    this.#preview = null;
  };

  readonly closePreview = (): void => {
    this.#preview = null;
  };

  /** @param from a blueprint, or the text of its file; absent: the draft */
  readonly look = async (from?: { blueprint: unknown } | { text: string }): Promise<void> => {
    this.#appliedRevision = null;
    this.#looksAtDraft = from === undefined;
    this.#preview = await this.asking.ask<PreviewView>(`${this.#path}/preview`, from ?? { blueprint: this.#draft });
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
