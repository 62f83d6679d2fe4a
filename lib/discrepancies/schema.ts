import { z } from "zod";
import { ContextItem, predictions, truths } from "@/lib/decisions/schema";
import { EvidenceInput, EvidenceSpan } from "@/lib/feedback/evidence-contract";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { causes } from "@/lib/kernel/statuses";
import { possiblePairs } from "./sides";
import { auditorModes, discrepancySides, discrepancyStatuses, issueStatuses } from "./vocabulary";

const Id = z.string().max(64);
const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

export const SideView = z.object({
  side: z.enum(discrepancySides),
  truth: z.enum(truths).describe("Was acting right, by this side"),
  said: z.string().describe("In its own word: act, approve, incorrect, down, correction …"),
  arguments: z.record(z.string(), AnyJson).nullable().describe("With which arguments, where it says so"),
  by: z.string().nullable(),
  at: z.string().nullable(),
  text: z.string().nullable(),
});
export type SideView = z.output<typeof SideView>;

export const ProposalView = z.object({
  by: z.string().describe("A model's key, or `rules`: fixed rules of ours, no model was asked"),
  usable: z.boolean().describe("False: none of its quotes stand in the decision, so it proposes nothing"),
  cause: z.enum(causes),
  confidence: z.number(),
  why: z.string(),
  evidence: z.array(EvidenceSpan).describe("Quotes that stand in the decision, letter by letter"),
  dropped: z.int().describe("Quotes that do not, and were left out"),
  run_id: z.string().nullable(),
  at: z.string(),
});
export type ProposalView = z.output<typeof ProposalView>;

export const DiscrepancySummary = z.object({
  id: z.string(),
  object: z.literal("discrepancy"),
  status: z.enum(discrepancyStatuses),
  decision_id: z.string(),
  app: Named,
  type: Named,
  summary: z.string().describe("The action in question, drawn from validated arguments"),
  amount: Money.nullable(),
  pairs: z.array(z.string()).describe("Who disagrees with whom: `model-reviewer` …"),
  proposed_cause: z.enum(causes).nullable(),
  proposed_confidence: z.number().nullable(),
  cause: z.enum(causes).nullable(),
  issue: z.object({ id: z.string(), title: z.string(), status: z.enum(issueStatuses) }).nullable(),
  opened_at: z.string(),
  updated_at: z.string(),
});
export type DiscrepancySummary = z.output<typeof DiscrepancySummary>;

export const DiscrepancyView = DiscrepancySummary.extend({
  predicted: z.enum(predictions),
  sides: z.array(SideView),
  proposal: ProposalView.nullable(),
  asking: z
    .object({ tries: z.int(), error: z.string().nullable(), due: z.boolean() })
    .describe("Whether a cause is still to be proposed, and why it was not"),
  truth: z.enum(truths).nullable().describe("Was acting right, by the person who confirmed"),
  suggested_truth: z.enum(truths).describe("What the strongest side says"),
  confirmed_evidence: z
    .array(EvidenceSpan)
    .describe("The words that the person who confirmed rests it on; a quote that you may not see is masked"),
  note: z.string().nullable(),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
  evidence: z.object({
    input: AnyJson,
    context: z.array(ContextItem).nullable(),
    arguments: z.record(z.string(), AnyJson),
    rationale: z.string().nullable(),
  }),
  own_side: z.boolean().describe("Your own ruling is one of the sides: somebody else confirms"),
});
export type DiscrepancyView = z.output<typeof DiscrepancyView>;

/** `waiting`: open or proposed, so that somebody has to look. */
export const discrepancyTabs = ["waiting", ...discrepancyStatuses] as const;
export type DiscrepancyTab = (typeof discrepancyTabs)[number];

export const DiscrepancyQuery = ListQuery.extend({
  app: z.string().max(100).optional().describe("Key or id of an app"),
  status: z.enum(discrepancyTabs).optional().describe("waiting: open or proposed"),
  cause: z.enum(causes).optional().describe("Confirmed, or proposed while nobody has"),
  pair: z.enum(possiblePairs).optional().describe("Who disagrees with whom: `model-reviewer` …"),
  issue: z.string().max(64).optional().describe("Attached to this issue; `none`: confirmed and to none"),
  decision: Id.optional(),
});
export type DiscrepancyQuery = z.output<typeof DiscrepancyQuery>;

const Note = z.string().trim().max(2000, "At most 2000 characters");

/** Quotes that one confirmed cause may rest on. */
export const mostQuotes = 20;

export const ConfirmDiscrepancy = z.strictObject({
  cause: z.enum(causes),
  truth: z.enum(truths).optional().describe("Was acting right? Left out: what the strongest side says"),
  evidence: z
    .array(EvidenceInput)
    .max(mostQuotes, `At most ${mostQuotes}`)
    .optional()
    .describe(
      "The words of the decision that the cause rests on; each must stand where it says. Left out: the quotes of the proposal where it named this cause; empty: none",
    ),
  issue_id: Id.nullable()
    .optional()
    .describe(
      "The issue it joins. Left out: the only one of its app, type and cause, if there is one; null: none",
    ),
  note: Note.optional(),
});
export type ConfirmDiscrepancy = z.output<typeof ConfirmDiscrepancy>;

export const DismissDiscrepancy = z.strictObject({ note: Note.min(1, "Say why") });
export type DismissDiscrepancy = z.output<typeof DismissDiscrepancy>;

/** Where the quotes of an issue's discrepancies stand; an index into a list is told as `*`. */
const Place = EvidenceSpan.pick({ part: true, pointer: true }).extend({
  discrepancies: z.int().describe("Of how many discrepancies a quote stands there"),
});

/** What one discrepancy of an issue rests on. */
export const IssueEvidence = z.object({
  object: z.literal("issue_evidence"),
  discrepancy_id: z.string(),
  decision_id: z.string(),
  confirmed_by: z.string().nullable(),
  confirmed_at: z.string(),
  evidence: z.array(EvidenceSpan),
});
export type IssueEvidence = z.output<typeof IssueEvidence>;
export const IssueEvidenceQuery = ListQuery;
export type IssueEvidenceQuery = z.output<typeof IssueEvidenceQuery>;

export const IssueView = z.object({
  id: z.string(),
  object: z.literal("issue"),
  app: Named,
  type: Named,
  title: z.string(),
  description: z.string(),
  cause: z.enum(causes),
  status: z.enum(issueStatuses),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  discrepancies: z.int().describe("Confirmed discrepancies attached to it"),
  cost: Money.describe("What their wrong answers cost or would have cost, by the type's costs"),
  places: z.array(Place).describe("What its causes rest on: the ten places quoted most"),
  dataset_id: z.string().nullable().describe("Its regression set"),
  closed_by: z.string().nullable(),
  closed_by_experiment_id: z.string().nullable(),
  closed_at: z.string().nullable(),
  version: z.int(),
  created_at: z.string(),
});
export type IssueView = z.output<typeof IssueView>;

export const IssueQuery = ListQuery.extend({
  app: z.string().max(100).optional(),
  status: z.enum(issueStatuses).optional(),
  cause: z.enum(causes).optional(),
});
export type IssueQuery = z.output<typeof IssueQuery>;

const Title = z.string().trim().min(1, "Give a title").max(200, "At most 200 characters");
const Description = z.string().trim().max(5000, "At most 5000 characters");
const Owner = Id.nullable().describe("A member's id");
/** As many as one request may attach. */
export const mostAttached = 500;
const Attached = z.array(Id).max(mostAttached, `At most ${mostAttached} at once`);

export const CreateIssue = z.strictObject({
  app: z.string().min(1).max(100).describe("Key or id of an app"),
  type: z.string().min(1).max(100).describe("Key or id of a decision type"),
  cause: z.enum(causes),
  title: Title,
  description: Description.default(""),
  owner_id: Owner.optional(),
  discrepancy_ids: Attached.default([]).describe("Confirmed discrepancies of this app, type and cause"),
});
export type CreateIssue = z.output<typeof CreateIssue>;

export const UpdateIssue = z.strictObject({
  version: z.int().describe("The version that was read: another one is refused"),
  title: Title.optional(),
  description: Description.optional(),
  owner_id: Owner.optional(),
});
export type UpdateIssue = z.output<typeof UpdateIssue>;

export const AttachDiscrepancies = z.strictObject({ discrepancy_ids: Attached.min(1, "Name at least one") });
export type AttachDiscrepancies = z.output<typeof AttachDiscrepancies>;

export const AuditorView = z.object({
  object: z.literal("llm_auditor"),
  app: Named,
  mode: z.enum(auditorModes),
  model_id: z.string().nullable(),
  instructions: z.string(),
  version: z.int().describe("0: never set; our own rules propose"),
});
export type AuditorView = z.output<typeof AuditorView>;

export const SetAuditor = z
  .strictObject({
    mode: z.enum(auditorModes),
    model_id: Id.nullable().default(null),
    instructions: z.string().trim().min(1, "Say what to look for").max(8000, "At most 8000 characters"),
    version: z.int().min(0).describe("The version that was read: another one is refused"),
  })
  .refine(({ mode, model_id }) => mode !== "model" || model_id !== null, {
    path: ["model_id"],
    message: "choose a model, or let rules propose",
  });
export type SetAuditor = z.output<typeof SetAuditor>;
