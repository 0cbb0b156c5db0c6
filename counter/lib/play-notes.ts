const noteSeconds = 0.18;
/** One for the page: a browser gives it few of them. */
let sound: AudioContext | undefined;

/**
 * Sounds notes one after another.
 *
 * @param notes Hz
 * @param loudness of 1
 */
export const playNotes = (notes: readonly number[], loudness: number): void => {
  sound ??= new AudioContext();
  // A page that nobody has touched yet may not sound.
  if (sound.state === 'suspended') void sound.resume();
  for (const [index, hertz] of notes.entries()) {
    const from = sound.currentTime + index * noteSeconds;
    const [tone, level] = [sound.createOscillator(), sound.createGain()];
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(loudness, from);
    level.gain.exponentialRampToValueAtTime(0.001, from + noteSeconds * 1.5);
    tone.connect(level).connect(sound.destination);
    tone.start(from);
    tone.stop(from + noteSeconds * 1.5);
  }
};
