import type { Reply } from '@antrean/shared/client/ask-server.ts';
import type { DevicesView, DeviceView } from '@antrean/shared/protocol/devices.ts';
import { tellProblem } from '@antrean/shared/views/tell-problem.ts';
import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';
import { type AskHall, askHall } from '../lib/ask-hall.ts';
import { lookAgain } from '../lib/look-again.svelte.ts';

/** How often the list is asked for: devices say how they are every half minute, ms. */
const askEveryMs = 5_000;

/** The devices of a hall, kept up. To be made while a component starts. */
export class KnownDevices {
  readonly ask: AskHall;
  readonly #speech: Speech;
  #view = $state.raw<DevicesView | null>(null);
  #problem = $state<string | null>(null);

  constructor(branchId: string, speech: Speech, sessionEnded: () => void) {
    this.ask = askHall(branchId, speech, sessionEnded);
    this.#speech = speech;
    lookAgain(() => this.look(), askEveryMs);
  }

  /** `null` until the server has answered. */
  get view(): DevicesView | null {
    return this.#view;
  }

  /** Why the list may be out of date. */
  get problem(): string | null {
    return this.#problem;
  }

  async look(): Promise<void> {
    const reply = await this.ask<DevicesView>('/devices');
    if (reply.kind === 'done') this.#view = reply.body;
    this.#problem = this.problemOf(reply);
  }

  /** Has a device let its sound be heard; what became of it comes with the list. */
  async testSound(id: string): Promise<void> {
    const reply = await this.ask<DeviceView>(`/devices/${id}/test-sound`, {});
    await this.look();
    this.#problem = this.problemOf(reply) ?? this.#problem;
  }

  /** What to say of an answer that is none, or no good one. */
  problemOf(reply: Reply<unknown>): string | null {
    if (reply.kind === 'done') return null;
    return reply.kind === 'refused' ? tellProblem(reply.problem, this.#speech.say) : this.#speech.say('staff.offline');
  }
}
