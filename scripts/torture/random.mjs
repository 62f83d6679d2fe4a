/**
 * Numbers from 0 to 1 that a seed repeats (mulberry32).
 * @param {number} start
 * @returns {() => number}
 */
export function randomFrom(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The numbers that belong to a name under a seed, whatever was drawn before: FNV-1a of the name starts them.
 * @param {number} seed
 * @param {string} name
 * @returns {() => number}
 */
export function randomFor(seed, name) {
  let hash = 0x811c9dc5 ^ seed;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return randomFrom(hash);
}
