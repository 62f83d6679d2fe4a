/** Whatever is kept under keys of its caller's. */
type Keyed = { idempotencyKey: string | null; submission: { external_id?: string | undefined } };

/** Decisions that one statement writes at most. */
const largest = 256;

/** The parts in which a set is written, of about the same size. */
export function* partsOf<T>(submitted: readonly T[]): Generator<readonly T[]> {
  const size = Math.ceil(submitted.length / Math.ceil(submitted.length / largest));
  for (let from = 0; from < submitted.length; from += size) yield submitted.slice(from, from + size);
}

/** True where a set names a key twice: the first that does is the one that counts. */
export function namesOneTwice(submitted: readonly Keyed[]): boolean {
  const keys = submitted.flatMap(({ idempotencyKey, submission: { external_id: external } }) => [
    ...(idempotencyKey === null ? [] : [`i ${idempotencyKey}`]),
    ...(external === undefined ? [] : [`e ${external}`]),
  ]);
  return new Set(keys).size < keys.length;
}
