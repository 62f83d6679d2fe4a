import type { AppealStatus } from "./schema";

/** What the person a decision is about may know of it. Nothing here names staff, notes, confidence or a model's words. */
export type PublicNotice = {
  orgName: string;
  /** The kind of decision, as its settings name it. */
  about: string;
  /** What it does, in a sentence drawn from validated arguments. */
  summary: string;
  outcome: "acted" | "not_acted";
  decidedAt: string;
  by: "person" | "automatic";
  /** One of the reasons the settings list; null when none was chosen. */
  reason: string | null;
  status: Extract<AppealStatus, "offered" | "submitted" | "upheld" | "overturned">;
  expiresAt: string;
  submittedAt: string | null;
  dueAt: string | null;
  answer: string | null;
  closedAt: string | null;
};

const byWhom = {
  person: "A person decided this.",
  automatic: "This was decided automatically, by rules and a model. No person looked at it before.",
} as const;

/** The notice in plain words: what, by whom, and why. */
export function noticeSentences({ outcome, by, reason }: Pick<PublicNotice, "outcome" | "by" | "reason">): {
  what: string;
  byWhom: string;
  why: string;
} {
  return {
    what: outcome === "acted" ? "We decided to do this:" : "We decided not to do this:",
    byWhom: byWhom[by],
    why: reason ?? (by === "person" ? whyOfPerson : whyOfRules),
  };
}

const whyOfPerson = "No reason was recorded that can be repeated here. You can ask for one below.";
const whyOfRules = "It met the conditions set for deciding such cases automatically.";
