// On the process, not in a module: Next's bundle and the server around it each have a copy of this file.
const shared = globalThis as { countersignWriteRefusedAt?: number };

// It is a standby or read-only, its disk is full, its disk fails.
const refusals = ["25006", "53100", "58030"];

/** Remembers when the database last refused to write at all, whatever statement met it. */
export function noteRefusedWrite(cause: unknown): void {
  const state = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  if (refusals.some((refusal) => refusal === state)) shared.countersignWriteRefusedAt = performance.now();
}

/** True when this process met such a refusal within so many milliseconds. */
export function wroteInVain(withinMs: number): boolean {
  const { countersignWriteRefusedAt: at } = shared;
  return at !== undefined && performance.now() - at < withinMs;
}
