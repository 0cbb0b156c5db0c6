import type { StaffRole } from '@antrean/shared/domain/permissions.ts';
import type { StaffAccount } from '@antrean/shared/protocol/access.ts';
import type { Asking } from '../asking.svelte.ts';
import type { Scope } from './scope-choices.ts';

/** A password that was made just now, and whose. */
export interface MadePassword {
  readonly account: StaffAccount;
  readonly password: string;
}

export type AccountChange = Partial<
  { readonly displayName: string; readonly role: StaffRole; readonly isDisabled: boolean } & Scope
>;

/** The accounts that whoever is signed in looks after, and what is done to them. */
export class Accounts {
  readonly asking: Asking;
  #list = $state.raw<readonly StaffAccount[] | null>(null);
  #made = $state.raw<MadePassword | null>(null);

  constructor(asking: Asking) {
    this.asking = asking;
    void this.load();
  }

  /** By login; `null` until they have come. */
  get list(): readonly StaffAccount[] | null {
    return this.#list;
  }

  /** The password to be handed over now. */
  get made(): MadePassword | null {
    return this.#made;
  }

  readonly forgetMade = (): void => {
    this.#made = null;
  };

  readonly load = async (): Promise<void> => {
    this.#list = (await this.asking.ask<StaffAccount[]>('/v1/staff')) ?? this.#list;
  };

  /** @returns whether it was made */
  async add(account: { login: string; displayName: string; role: StaffRole } & Scope): Promise<boolean> {
    return this.#take(await this.asking.ask<MadePassword>('/v1/staff', account));
  }

  /** @returns whether it was changed */
  async change(id: string, change: AccountChange): Promise<boolean> {
    const changed = await this.asking.ask<StaffAccount>(`/v1/staff/${id}`, change);
    if (changed) this.#put(changed);
    return changed !== null;
  }

  async resetPassword(id: string): Promise<void> {
    this.#take(await this.asking.ask<MadePassword>(`/v1/staff/${id}/reset-password`, {}));
  }

  async endSessions(account: StaffAccount): Promise<void> {
    const ended = await this.asking.ask<{ ended: number }>(`/v1/staff/${account.id}/end-sessions`, {});
    if (ended) this.#put({ ...account, sessions: 0 });
  }

  #take(made: MadePassword | null): boolean {
    if (!made) return false;
    this.#made = made;
    this.#put(made.account);
    return true;
  }

  #put(account: StaffAccount): void {
    const others = (this.#list ?? []).filter(({ id }) => id !== account.id);
    this.#list = [...others, account].sort((a, b) => a.login.localeCompare(b.login));
  }
}
