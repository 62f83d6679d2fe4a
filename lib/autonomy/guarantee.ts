import { formatMoney } from "@/lib/kernel/money";
import { auditsToDetect } from "./audit-rate";
import { defaultTerms, withAsked } from "./terms";
import type { ContractView } from "./views";
import { thresholdText } from "./threshold-text";
import { percentText } from "./words";

/** What the contract promises, in full (autonomy.md §1.8): what, since when, how sure, and what happens when it breaks. */
export function guaranteeText(contract: ContractView): string {
  const { level, threshold } = contract;
  const runs = level === "auto" && threshold !== null;
  const above = runs ? `automatic decisions at ${thresholdText(threshold)} or above` : "automatic decisions";
  const within = `${runs ? "Within" : "Nothing runs alone yet. Once a threshold is certified and signed, within"} this certification period (${periodText(contract)})`;
  const chance = percentText(contract.evidence.delta);
  return `${within} the chance that ${above} ${brokenText(contract)} is at most ${chance}, no matter how often you look. ${reactionText(contract)}`;
}

function brokenText({ terms, currency }: ContractView): string {
  if (!terms.cost) return `are wrong more often than ${percentText(terms.alpha)}`;
  return `lose more than ${formatMoney({ amount: terms.cost.budget, currency })} each on average`;
}

/** "model v12, prompt v4, since 3 May 2026" */
export function periodText({ epoch }: Pick<ContractView, "epoch">): string {
  const { model, prompt } = epoch.pins;
  return [named("model", model), named("prompt", prompt), `since ${dayText(epoch.started_at)}`]
    .filter((part) => part !== null)
    .join(", ");
}

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** "2026-05-03T…" → "3 May 2026" */
function dayText(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-");
  return `${Number(day)} ${months[Number(month) - 1]} ${year}`;
}

function named(what: string, name: unknown): string | null {
  return typeof name === "string" && name !== "" ? `${what} ${name}` : null;
}

function reactionText({ terms }: ContractView): string {
  const { alpha, alarmRunLength } = withAsked(defaultTerms, terms, terms.cost?.cap ?? null);
  const audits = Math.ceil(auditsToDetect(alpha, alarmRunLength));
  return `If behaviour changes, the audit sample shows it; at a fourfold error rate that takes at most about ${audits.toLocaleString("en")} audits.`;
}
