import type { Reversibility } from "@/lib/apps/schema";
import type { Severity } from "./schema";

export type Impact = {
  /** Minor units; null when the action moves no money. */
  amount: number | null;
  /** Above this a person always decides; null: no cap is set. Same currency as `amount`. */
  amountCap: number | null;
  reversibility: Reversibility;
};

/** How much is at stake: above the cap is high, half of it medium; what is hard to undo is never low. */
export function severityOf({ amount, amountCap, reversibility }: Impact): Severity {
  if (overCap(amount, amountCap)) return "high";
  if (amount === null) return withoutMoney[reversibility];
  const large = amountCap !== null && amount * 2 >= amountCap;
  return large || reversibility === "irreversible" ? "medium" : "low";
}

const withoutMoney: Record<Reversibility, Severity> = {
  reversible: "low",
  compensable: "medium",
  irreversible: "high",
};

/** True when approving must not be one bare key: it cannot be undone, or moves more than the cap. */
export function isDeliberate({ amount, amountCap, reversibility }: Impact): boolean {
  return reversibility === "irreversible" || overCap(amount, amountCap);
}

function overCap(amount: number | null, cap: number | null): boolean {
  return amount !== null && cap !== null && amount > cap;
}
