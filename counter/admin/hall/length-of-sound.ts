/** How long a recording is, ms, as a browser decodes it; `null`: it is none, or damaged. */
export const lengthOfSound = async (file: Blob): Promise<number | null> => {
  // Needs no loudspeaker, and no touch before it may be used.
  const context = new OfflineAudioContext(1, 1, 22_050);
  try {
    const { duration } = await context.decodeAudioData(await file.arrayBuffer());
    return Math.round(duration * 1_000);
  } catch {
    return null;
  }
};
