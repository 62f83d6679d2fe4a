import type { AgentKind } from "@/lib/policies/schema";

/** An agent as it is when a decision comes in: read once, given to every function here. */
export type AgentInForce = {
  key: string;
  kind: AgentKind;
  name: string;
  version: number;
  /** Score from which a finding of the category asks for a person; null: it is noted only. What is not here is not looked for. */
  thresholds: Readonly<Record<string, number | null>>;
};

/** What a detector saw in one text: offsets in UTF-16 units of that text, `end` not included. */
export type Sighting = { category: string; score: number; start: number; end: number };

/** Looks at one text. Pure; its time grows linearly with the text; never throws. */
export type Detector = (text: string) => Sighting[];

/** One string of a submission and where it stands (RFC 6901). `cut`: units of it that were left out. */
export type PlacedText = { at: string; text: string; cut?: number };
