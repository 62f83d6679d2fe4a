import type { Reversibility } from "@/lib/apps/schema";
import type { Money } from "@/lib/kernel/money";
import type { Severity } from "./schema";

export type Impact = {
  /** Null when the action moves no money. */
  amount: Money | null;
  /** Above this a person always decides; null: no cap is set. */
  cap: Money | null;
  reversibility: Reversibility;
};

/** How an amount stands to the cap; amounts in two currencies are not compared. */
export type CapStanding = "none" | "within" | "above" | "other_currency";

export function capStanding({ amount, cap }: Pick<Impact, "amount" | "cap">): CapStanding {
  if (amount === null || cap === null) return "none";
  if (amount.currency !== cap.currency) return "other_currency";
  return amount.amount > cap.amount ? "above" : "within";
}

/** How much is at stake: above the cap is high, half of it medium; what is hard to undo is never low. */
export function severityOf(impact: Impact): Severity {
  const { amount, cap, reversibility } = impact;
  const standing = capStanding(impact);
  if (standing === "above" || standing === "other_currency") return "high";
  if (amount === null) return withoutMoney[reversibility];
  const large = cap !== null && amount.amount * 2 >= cap.amount;
  return large || reversibility === "irreversible" ? "medium" : "low";
}

const withoutMoney: Record<Reversibility, Severity> = {
  reversible: "low",
  compensable: "medium",
  irreversible: "high",
};

/** True when approving must not be one bare key: it cannot be undone, or may move more than the cap. */
export function isDeliberate(impact: Impact): boolean {
  const standing = capStanding(impact);
  return impact.reversibility === "irreversible" || standing === "above" || standing === "other_currency";
}
