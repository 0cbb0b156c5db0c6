/** Whoever clicked with the mouse means the next Space for the main key again, not for the clicked button. */
export const blurAfterClick = ({ detail, currentTarget }: MouseEvent): void => {
  if (detail > 0 && currentTarget instanceof HTMLElement) currentTarget.blur();
};
