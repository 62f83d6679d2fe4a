import type { Reversibility } from "@/lib/apps/schema";
import type { Severity } from "./schema";

export type Impact = {
  /** Minor units; null when the action moves no money. */
  amount: number | null;
  /** Above this a person always decides; null: no cap is set. Same currency as `amount`. */
  amountCap: number | null;
  reversibility: Reversibility;
};

/** How much is at stake: over the cap or irreversible is high; half the cap or hard to undo is medium. */
export function severityOf({ amount, amountCap, reversibility }: Impact): Severity {
  if (reversibility === "irreversible" || overCap(amount, amountCap)) return "high";
  const large = amount !== null && amountCap !== null && amount * 2 >= amountCap;
  return large ? "medium" : "low";
}

/** True when approving must not be one bare key: it cannot be undone, or moves more than the cap. */
export function isDeliberate({ amount, amountCap, reversibility }: Impact): boolean {
  return reversibility === "irreversible" || overCap(amount, amountCap);
}

function overCap(amount: number | null, cap: number | null): boolean {
  return amount !== null && cap !== null && amount > cap;
}
