/** Where an arrow key points: along x or y, forward or back. */
const directions: Readonly<Record<string, readonly [axis: 'x' | 'y', sign: 1 | -1]>> = {
  ArrowRight: ['x', 1],
  ArrowLeft: ['x', -1],
  ArrowDown: ['y', 1],
  ArrowUp: ['y', -1],
};

/** A step aside counts as so many forward: what lies straight ahead comes first. */
const asideCounts = 3;

/** Moves the focus to the nearest control that an arrow key points to; without a focus to the first of the page. */
export const moveFocus = (event: KeyboardEvent): void => {
  const direction = directions[event.key];
  if (!direction) return;
  event.preventDefault();
  const [axis, sign] = direction;
  const from = document.activeElement;
  // Of two that are open the later one lies on top.
  const place: ParentNode = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
  const controls = [...place.querySelectorAll<HTMLButtonElement>('button:enabled')].filter(
    (button) => button.offsetParent !== null || button.closest('dialog') !== null,
  );
  if (!(from instanceof HTMLButtonElement) || !controls.includes(from)) {
    (place.querySelector<HTMLButtonElement>('main button:enabled') ?? controls[0])?.focus();
    return;
  }
  const here = middleOf(from);
  const other = axis === 'x' ? 'y' : 'x';
  const ahead = controls
    .map((control) => ({ control, middle: middleOf(control) }))
    .map(({ control, middle }) => ({
      control,
      forward: (middle[axis] - here[axis]) * sign,
      aside: Math.abs(middle[other] - here[other]),
    }))
    .filter(({ forward }) => forward > 1)
    .sort((a, b) => a.forward + a.aside * asideCounts - b.forward - b.aside * asideCounts);
  ahead[0]?.control.focus();
};

const middleOf = (element: Element): { x: number; y: number } => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
};
