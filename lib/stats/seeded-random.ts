/**
 * A generator of numbers uniform in [0, 1), the same for the same seed everywhere: for resampling that must answer
 * alike on every reload, never for a draw that decides something. Source: mulberry32 (T. Ettinger, public domain).
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
