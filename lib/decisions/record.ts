import type { Reversibility } from "@/lib/apps/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { DecisionView, LabelSource, Truth } from "./schema";

/** One line of a decision's history: what happened, when, and who did it by name. */
export type HistoryLine = { type: string; at: string; by: string | null; data: JsonObject };

/** What the router drew and with which probability: for auditors and admins, and for all once an audit is done. */
export type Sampling = { pi: number; draw: number; drawn: boolean; pending: boolean };

export type AuditOfDecision = {
  id: string;
  status: "open" | "claimed" | "done" | "expired";
  judgement: "correct" | "incorrect" | "borderline" | null;
  cause: string | null;
  note: string | null;
  by: string | null;
  at: string | null;
};

export type Label = { source: LabelSource; truth: Truth; pi: number; by: string | null; at: string };

/** A decision with everything the console may show this person of it. */
export type DecisionRecord = {
  decision: DecisionView;
  app: { id: string; name: string };
  type: { name: string; reversibility: Reversibility };
  action: { name: string; connector: string } | null;
  submitted_by: string | null;
  decided_by: string | null;
  resolved_by: string | null;
  digest: string | null;
  /** True for an auditor whose own answer is still to come: what the model said and what became of it is left out. */
  blind: boolean;
  /** True while a blind review of it waits for a reviewer's answer; `blind` then holds for reviewers too. */
  blind_review: boolean;
  sampling: Sampling | null;
  audit: AuditOfDecision | null;
  labels: Label[];
  history: HistoryLine[];
};
