/** Looks now and then every so often, ms, as long as the component lives that starts it. */
export const lookAgain = (look: () => Promise<void>, everyMs: number): void => {
  $effect(() => {
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => clearInterval(timer);
  });
};
