import { askServer } from '@antrean/shared/client/ask-server.ts';
import type { JoiningCodeView } from '@antrean/shared/protocol/joining.ts';

/** How long a code stays when the next one does not come: it is good for a minute more, ms. */
const graceMs = 20_000;
/** After no answer, ms. */
const againMs = 3_000;
/** After an answer that this screen is told none: it may be let in, or the rule be changed, ms. */
const refusedMs = 60_000;

/**
 * Keeps the code of the present minute (JOIN-6). Reckons in spans that the server says, and not by this screen's clock.
 *
 * @param show told each code, and `null` when there is none that is right
 * @returns ends it, and shows none
 */
export const followJoiningCode = (branchId: string, show: (code: string | null) => void): (() => void) => {
  let isOver = false;
  let asking: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    const reply = await askServer<JoiningCodeView>({ path: `/v1/branches/${branchId}/joining-code`, language: 'en' });
    if (isOver) return;
    if (reply.kind !== 'done') {
      if (reply.kind === 'refused') show(null);
      asking = setTimeout(() => void ask(), reply.kind === 'refused' ? refusedMs : againMs);
      return;
    }
    const { at, code, changesAt } = reply.body;
    show(code);
    clearTimeout(hiding);
    hiding = setTimeout(() => show(null), changesAt - at + graceMs);
    asking = setTimeout(() => void ask(), changesAt - at);
  };
  void ask();
  return () => {
    isOver = true;
    clearTimeout(asking);
    clearTimeout(hiding);
    show(null);
  };
};
