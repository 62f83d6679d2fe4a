import { policyMeanings } from "@/lib/policies/facts";
import { historyMeanings } from "@/lib/policies/history-meanings";

/** One thing a rule can ask: what is written, and what it means. */
export type Completion = { text: string; note: string; meaning: string };

export const completions: readonly Completion[] = [
  ...policyMeanings.map(({ name, type, meaning }) => ({
    text: `decision.${name}`,
    note: shortType(type),
    meaning,
  })),
  {
    text: 'decision.findings.score("iban")',
    note: "double",
    meaning: "the highest score of what agents found of this kind, else 0.0",
  },
  ...historyMeanings.map(({ name, meaning }) => ({ text: name, note: "double", meaning })),
  { text: "has(decision.amount)", note: "bool", meaning: "ask first for what may be absent" },
];

function shortType(type: string): string {
  return type === "google.protobuf.Timestamp" ? "timestamp" : type;
}

const word = /[A-Za-z_][A-Za-z0-9_.]*$/;
const most = 8;

/** What fits the word before the caret, and where that word begins; nothing while it is complete or short. */
export function completionsAt(text: string, caret: number): { from: number; fitting: readonly Completion[] } {
  const before = text.slice(0, caret);
  const typed = word.exec(before)?.[0] ?? "";
  const from = caret - typed.length;
  if (typed.length < 2) return { from, fitting: [] };
  const wanted = typed.toLowerCase();
  const fitting = completions.filter(({ text: own }) => own !== typed && fits(own.toLowerCase(), wanted));
  return { from, fitting: fitting.slice(0, most) };
}

function fits(own: string, wanted: string): boolean {
  if (own.startsWith(wanted)) return true;
  // `amou` finds decision.amount without its first half.
  return own.startsWith(`decision.${wanted}`);
}
