/** How many buckets of one size are kept before two are joined into one of the next size. */
const mostBuckets = 5;
/** Neither side of a cut is shorter than this. */
const leastSide = 5;

type Bucket = { sum: number; spread: number };

/**
 * A window over a stream that grows while the mean stays and is cut where it changed. `rows[i]`: buckets of 2^i values,
 * oldest first; `spread` is the sum of squared deviations. Plain numbers, JSON-safe; memory grows with the logarithm.
 */
export type Adwin = { ticks: number; n: number; sum: number; spread: number; rows: Bucket[][] };

/**
 * `delta`: how sure a cut must be (0.002); `clock`: every how many values it is looked for (32); none before `grace`.
 * `older`: what an older part is made of: every bucket up to the cut, or, as in the program most people know (river), all
 * but the newest of each size, which cuts later and less often.
 */
export type AdwinOptions = {
  delta?: number;
  clock?: number;
  grace?: number;
  older?: "every_bucket" | "all_but_newest";
};

/** The window before any value. */
export function newAdwin(): Adwin {
  return { ticks: 0, n: 0, sum: 0, spread: 0, rows: [[]] };
}

/**
 * Folds one value, in place, and says whether the window was cut: some older part of it has a mean that differs from the
 * rest's by more than `sqrt(2/m · variance · ln(2 ln n/delta)) + 2/(3m) · ln(2 ln n/delta)`, `1/m = 1/n0 + 1/n1`.
 * The oldest buckets are dropped until none does; river begins a new window instead. Weak on rare errors: for scores, not for error labels.
 * Source: Bifet & Gavaldà, Learning from Time-Changing Data with Adaptive Windowing, SDM 2007 (ADWIN2).
 */
export function updateAdwin(
  state: Adwin,
  x: number,
  { delta = 0.002, clock = 32, grace = 10, older = "all_but_newest" }: AdwinOptions = {},
): boolean {
  if (!Number.isFinite(x)) throw new RangeError("a value is a finite number");
  insert(state, x);
  state.ticks += 1;
  if (state.ticks % clock !== 0 || state.n <= grace) return false;
  let isCut = false;
  while (hasChanged(state, delta, older === "every_bucket" ? 0 : 1)) {
    dropOldest(state);
    isCut = true;
  }
  return isCut;
}

/** The mean of the window; null before any value. */
export function adwinMean({ n, sum }: Adwin): number | null {
  return n > 0 ? sum / n : null;
}

function insert(state: Adwin, x: number): void {
  if (state.n > 0) state.spread += (state.n * (x - state.sum / state.n) ** 2) / (state.n + 1);
  state.n += 1;
  state.sum += x;
  state.rows[0]?.push({ sum: x, spread: 0 });
  for (let i = 0; i < state.rows.length; i += 1) {
    const row = state.rows[i];
    if (!row || row.length <= mostBuckets) return;
    const [first, second] = row.splice(0, 2);
    if (!first || !second) return;
    const size = 2 ** i;
    const apart = (first.sum - second.sum) / size;
    const joined = {
      sum: first.sum + second.sum,
      spread: first.spread + second.spread + (size * apart ** 2) / 2,
    };
    (state.rows[i + 1] ??= []).push(joined);
  }
}

/** Every cut between two buckets, oldest first; `left`: how many of the newest of each size stay with the newer part. */
function hasChanged({ n, sum, spread, rows }: Adwin, delta: number, left: number): boolean {
  const certainty = Math.log((2 * Math.log(n)) / delta);
  let older = 0;
  let olderSum = 0;
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? [];
    for (const bucket of row.slice(0, Math.max(0, row.length - left))) {
      older += 2 ** i;
      olderSum += bucket.sum;
      const newer = n - older;
      if (newer < leastSide) return false;
      if (older < leastSide) continue;
      const inverse = 1 / (older - leastSide + 1) + 1 / (newer - leastSide + 1);
      const reach = Math.sqrt(2 * inverse * (spread / n) * certainty) + (2 / 3) * certainty * inverse;
      if (Math.abs(olderSum / older - (sum - olderSum) / newer) > reach) return true;
    }
  }
  return false;
}

function dropOldest(state: Adwin): void {
  const size = 2 ** (state.rows.length - 1);
  const bucket = state.rows.at(-1)?.shift();
  if (!bucket) return;
  state.n -= size;
  state.sum -= bucket.sum;
  const apart = bucket.sum / size - state.sum / state.n;
  state.spread -= bucket.spread + (size * state.n * apart ** 2) / (size + state.n);
  while (state.rows.length > 1 && state.rows.at(-1)?.length === 0) state.rows.pop();
}
