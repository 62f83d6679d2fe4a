import type { AgentKind } from "@/lib/policies/schema";
import type { AgentInForce } from "./agent-in-force";
import type { InjectionCategory } from "./injection/detect-injection";
import type { PiiCategory } from "./pii/detect-pii";
import type { ToxicityCategory } from "./toxicity/categories";

/** What an agent tells apart, in words, with the score from which it asks for a person unless an admin says otherwise. */
export type Category = {
  key: string;
  name: string;
  /** Null: noted, and shown to reviewers, without asking for a person because of it. */
  threshold: number | null;
};

export type CatalogueEntry = {
  /** Also the agent's key in findings: `decision.findings` names it. */
  kind: AgentKind;
  name: string;
  /** One sentence: what it looks for, and how. */
  looksFor: string;
  /** What it cannot see, said beside its figures. */
  blindTo: string;
  categories: readonly Category[];
  /** What it keeps on its labelled sets; a release that falls below either is refused by a test. Null: not ours to say. */
  floor: { precision: number; recall: number } | null;
};

type Rows<Key extends string> = readonly [key: Key, name: string, threshold: number | null][];

const piiRows: Rows<PiiCategory> = [
  ["email", "E-mail address", null],
  ["phone", "Telephone number", null],
  ["postal_address", "Postal address", null],
  ["ip_address", "IP address", null],
  ["birth_date", "Date of birth", null],
  ["iban", "Bank account (IBAN)", 0.7],
  ["payment_card", "Payment card", 0.7],
  ["national_id", "National id number", 0.7],
  ["url_credentials", "Address with a password", 0.7],
  ["secret", "Key or token", 0.7],
];

const injectionRows: Rows<InjectionCategory> = [
  ["instruction_override", "Overrides instructions", 0.45],
  ["role_change", "Changes the model's role", 0.45],
  ["role_marker", "Poses as system or assistant", 0.45],
  ["prompt_leak", "Asks for the prompt", 0.45],
  ["forced_output", "Dictates the answer", 0.45],
  ["verdict_steering", "Steers the verdict", 0.45],
  ["tool_abuse", "Runs commands or tools", 0.45],
  ["data_exfiltration", "Sends data away", 0.45],
  ["hidden_text", "Text nobody can see", 0.45],
  ["encoded_instruction", "Encoded orders", 0.45],
];

const toxicityRows: Rows<ToxicityCategory> = [
  ["threat", "Threat", 0.6],
  ["identity_attack", "Attack on a group", 0.6],
  ["insult", "Insult", 0.6],
  ["profanity", "Swearing", 0.6],
  ["sexual", "Sexual", 0.6],
];

/** Categories of the OpenAI moderation interface; what a model says beyond them counts as `other`. */
const modelRows: Rows<string> = [
  ["harassment", "Harassment", 0.5],
  ["harassment/threatening", "Threatening harassment", 0.5],
  ["hate", "Hate", 0.5],
  ["hate/threatening", "Threatening hate", 0.5],
  ["illicit", "Illicit", 0.5],
  ["illicit/violent", "Illicit, violent", 0.5],
  ["self-harm", "Self-harm", 0.5],
  ["self-harm/intent", "Intent of self-harm", 0.5],
  ["self-harm/instructions", "Instructions for self-harm", 0.5],
  ["sexual", "Sexual", 0.5],
  ["sexual/minors", "Sexual, minors", 0.5],
  ["violence", "Violence", 0.5],
  ["violence/graphic", "Graphic violence", 0.5],
  ["other", "Anything else it flags", 0.5],
];

const rows = <Key extends string>(list: Rows<Key>): Category[] =>
  list.map(([key, name, threshold]) => ({ key, name, threshold }));

/** Every agent there is. All of them are off until an admin turns them on. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    kind: "pii",
    name: "Personal data",
    looksFor:
      "E-mail addresses, telephone numbers, accounts, cards and ids, by their form, check digits and numbering plans.",
    blindTo:
      "Names, organisations and plain dates; most postal addresses; about three in ten telephone numbers.",
    categories: rows(piiRows),
    floor: { precision: 0.9, recall: 0.8 },
  },
  {
    kind: "prompt_injection",
    name: "Prompt injection",
    looksFor:
      "Orders to a model in what should only inform it: overrides, roles, hidden or encoded text, steering of verdicts.",
    blindTo:
      "Orders that read like an ordinary request, and languages that its word lists do not hold. Of 29 orders in the part of a public set that nobody read while its rules were written it finds 17.",
    categories: rows(injectionRows),
    // Of texts whose like was not looked at while the rules were written: a public set's test part.
    floor: { precision: 0.9, recall: 0.55 },
  },
  {
    kind: "toxicity",
    name: "Toxicity",
    looksFor: "Swearing, insults, threats and attacks on groups, with disguised spellings read through.",
    blindTo: "Irony and quotation; languages other than English, and a little German.",
    categories: rows(toxicityRows),
    floor: { precision: 0.9, recall: 0.7 },
  },
  {
    kind: "model",
    name: "Moderation model",
    looksFor:
      "Whatever the model you name looks for, asked over an OpenAI-compatible /moderations interface.",
    blindTo: "Nothing is known here of how well it does: ask whoever runs it.",
    categories: rows(modelRows),
    floor: null,
  },
];

/** The agent of that kind as it is described here. */
export function entryOf(kind: AgentKind): CatalogueEntry {
  const entry = catalogue.find((one) => one.kind === kind);
  if (!entry) throw new Error(`no agent of kind ${kind}`);
  return entry;
}

/** The agent with the thresholds it is released with; noted categories count from the score given. */
export function releasedAgent(kind: AgentKind, version = 1): AgentInForce {
  const { name, categories } = entryOf(kind);
  const thresholds = Object.fromEntries(categories.map(({ key, threshold }) => [key, threshold]));
  return { key: kind, kind, name, version, thresholds };
}

/** What a category is called, in words. */
export function categoryName(kind: AgentKind, category: string): string {
  return entryOf(kind).categories.find(({ key }) => key === category)?.name ?? category.replaceAll("_", " ");
}
