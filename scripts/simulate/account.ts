import { accountBound } from "@/lib/stats/account";
import { randomOf } from "./random";

export const patterns = ["constant", "jump", "cyclic", "bursts", "two_audit_rates"] as const;
export type Pattern = (typeof patterns)[number];

/** What ran alone, one after the other, with an error rate that does as it likes; looked at after every decision. */
export type Accounted = { kind: "account"; pattern: Pattern; delta: number; decisions: number };

/** Whether at any look more had been wrong than the account's bound said. */
export function runAccount({ pattern, delta, decisions }: Accounted, seed: number, index: number) {
  const random = randomOf(seed, `account ${pattern}`, index);
  // The smallest audit rate so far, as the product keeps it; it only ever falls.
  let [found, wrong, piMin] = [0, 0, 1];
  for (let at = 0; at < decisions; at += 1) {
    const auditRate = pattern === "two_audit_rates" && at < decisions / 2 ? 0.2 : 0.05;
    piMin = Math.min(piMin, auditRate);
    if (random() >= rateAt(pattern, at / decisions, at)) continue;
    wrong += 1;
    if (random() < auditRate) found += 1;
    else if (wrong > boundOf(found, piMin, delta)) return { missed: 1 };
  }
  return { missed: 0 };
}

function rateAt(pattern: Pattern, progress: number, at: number): number {
  switch (pattern) {
    case "constant":
      return 0.02;
    case "two_audit_rates":
      return 0.02;
    case "jump":
      return progress < 0.5 ? 0.01 : 0.15;
    case "cyclic":
      return 0.03 * (1 + Math.sin(2 * Math.PI * 10 * progress));
    case "bursts":
      return at % 1000 < 50 ? 0.5 : 0.005;
  }
}

const bounds = new Map<string, number>();

function boundOf(wrong: number, piMin: number, delta: number): number {
  const key = `${wrong} ${piMin} ${delta}`;
  const known = bounds.get(key);
  if (known !== undefined) return known;
  const bound = accountBound({ wrong, piMin, delta });
  bounds.set(key, bound);
  return bound;
}
