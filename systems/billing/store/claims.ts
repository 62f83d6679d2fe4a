import { BillingError } from "../domain/errors";
import { newId } from "../domain/ids";
import { claimKey, type Answer } from "./keys";
import { absent, type Key, type Table } from "./table";

/** The right to execute one idempotency key. `inherited`: another executor held it before and may still be running. */
export type Claim = { key: string; fingerprint: string; token: string; inherited: "no" | "yes" };

type OpenClaim = Key & {
  state: "open";
  fingerprint: string;
  token: string;
  owner: string;
  leaseUntil: number;
};
type DoneClaim = Key & { state: "done"; fingerprint: string; answer: Answer };

export type Claims = ReturnType<typeof createClaims>;

const leaseMs = 30_000;
const mine = (token: string) => ({
  expression: "#state = :open AND #token = :token",
  names: { "#state": "state", "#token": "token" },
  values: { ":open": "open", ":token": token },
});

/**
 * Idempotency keys, kept for good. With `store: "exclusive"` only this process can reach the table, so a claim of
 * another one is a dead one's and is taken over at once; else after its lease.
 */
export function createClaims(table: Table, store: "exclusive" | "shared") {
  const owner = newId("boot");
  const running = new Set<string>();

  /** Takes the key, or returns its first answer. Throws 409 while it is being executed, 400 for other parameters. */
  async function take(key: string, fingerprint: string): Promise<Claim | Answer> {
    const token = newId("claim");
    running.add(token);
    try {
      const held = await hold(key, fingerprint, token);
      if ("status" in held) running.delete(token);
      return held;
    } catch (error) {
      running.delete(token);
      throw error;
    }
  }

  async function hold(key: string, fingerprint: string, token: string): Promise<Claim | Answer> {
    const open = () => ({
      ...claimKey(key),
      state: "open",
      fingerprint,
      token,
      owner,
      leaseUntil: Date.now() + leaseMs,
    });
    if (await table.putIf(open(), absent)) return { key, fingerprint, token, inherited: "no" };
    const found = await read(key);
    if (!found) throw new Error("an idempotency record vanished");
    if (found.fingerprint !== fingerprint) throw otherParameters(key);
    if (found.state === "done") return found.answer;
    // A put whose answer was lost is tried again by the SDK and then finds itself.
    if (found.token === token) return { key, fingerprint, token, inherited: "no" };
    if (isAlive(found) || !(await table.putIf(open(), mine(found.token)))) throw keyInUse();
    return { key, fingerprint, token, inherited: "yes" };
  }

  function isAlive(claim: OpenClaim): boolean {
    if (claim.owner === owner) return running.has(claim.token);
    return store === "shared" && claim.leaseUntil > Date.now();
  }

  function read(key: string): Promise<OpenClaim | DoneClaim | undefined> {
    return table.get<OpenClaim | DoneClaim>(claimKey(key));
  }

  /** As `finishedElsewhere`, but asks the store only if another executor of this key can exist. */
  async function finishedMeanwhile(claim: Claim): Promise<Answer | undefined> {
    const alone = store === "exclusive" && claim.inherited === "no";
    return alone ? undefined : finishedElsewhere(claim);
  }

  /** The key's answer if another executor has finished it; throws 409 if another holds it; undefined if it is ours. */
  async function finishedElsewhere(claim: Claim): Promise<Answer | undefined> {
    const found = await read(claim.key);
    if (found?.state === "done") return found.answer;
    if (found?.token !== claim.token) throw keyInUse();
    return undefined;
  }

  /** Keeps a refusal as the key's answer; an answer that came first wins. */
  async function refuse(claim: Claim, answer: Answer): Promise<Answer> {
    const { key, fingerprint, token } = claim;
    const kept = await table.putIf({ ...claimKey(key), state: "done", fingerprint, answer }, mine(token));
    if (kept) return answer;
    return (await finishedElsewhere(claim)) ?? answer;
  }

  function release(claim: Claim): void {
    running.delete(claim.token);
  }

  return { take, finishedMeanwhile, refuse, release };
}

function otherParameters(key: string): BillingError {
  return new BillingError({
    status: 400,
    type: "idempotency_error",
    message:
      `Keys for idempotent requests can only be used with the same parameters they were first used with. ` +
      `Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function keyInUse(): BillingError {
  return new BillingError({
    status: 409,
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message: "There is currently another in-progress request using this Idempotency Key. Try again later.",
  });
}
