/** How often it is looked how many seconds are left, ms. */
const everyMs = 250;

let endsAt: number | null = null;
let counted: Element | null = null;

/**
 * Counts down the seconds in which leaving can be taken back, wherever the page shows some: from when they were shown, for
 * the phone's clock may be wrong. The page without a script shows how many there were.
 *
 * @param isOver called when there are none left: what could be done is no longer there
 */
export const countDown = (isOver: () => void): void => {
  setInterval(() => {
    const shown = document.getElementById('seconds');
    if (shown !== counted) {
      counted = shown;
      endsAt = shown && Date.now() + Number(shown.textContent) * 1_000;
    }
    if (!shown || endsAt === null) return;
    const left = Math.ceil((endsAt - Date.now()) / 1_000);
    if (left > 0) {
      shown.textContent = String(left);
      return;
    }
    document.getElementById('take-back-form')?.remove();
    isOver();
  }, everyMs);
};
