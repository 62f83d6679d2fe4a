/** Whatever is kept under keys of its caller's. */
type Keyed = { idempotencyKey: string | null; submission: { external_id?: string | undefined } };

/** Parts of a set under way at once. */
const atOnce = 2;
/** Decisions that one statement writes at most. */
const largest = 128;

/** The parts in which a set is written, of about the same size. */
export function* partsOf<T>(submitted: readonly T[]): Generator<readonly T[]> {
  const size = Math.ceil(submitted.length / Math.ceil(submitted.length / largest));
  for (let from = 0; from < submitted.length; from += size) yield submitted.slice(from, from + size);
}

/** Of a key that comes twice in a set the first is the one that counts: its parts are written one after the other. */
export function partsAtOnce(submitted: readonly Keyed[]): number {
  const keys = submitted.flatMap(({ idempotencyKey, submission: { external_id: external } }) => [
    ...(idempotencyKey === null ? [] : [`i ${idempotencyKey}`]),
    ...(external === undefined ? [] : [`e ${external}`]),
  ]);
  return new Set(keys).size < keys.length ? 1 : atOnce;
}
