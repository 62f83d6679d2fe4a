import { z } from "zod";
import { predictions } from "@/lib/decisions/schema";
import { changeKinds, epochCauses, proposalKinds, proposalStatuses, segmentLevels } from "./schema";

const Share = z.number().describe("0 to 1");
const Loose = z.record(z.string(), z.unknown());
const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

export const TermsView = z.object({
  alpha: Share.describe("At most this share wrong among what runs alone"),
  delta: Share.describe("… except with this probability"),
  family: z.int(),
  cost: z.object({ budget: z.int(), cap: z.int() }).nullable(),
  gold_correction: z.boolean(),
  label_hours: z.int(),
  audit_floor: z.int(),
  alarm_run_length: z.int(),
  detection_days: z.int(),
  expands: z.enum(["signed", "by_itself"]),
  ramp: z.array(Share),
  audit_sla_hours: z.int(),
});
export type TermsView = z.output<typeof TermsView>;

/** What the evidence of a certification period says of one threshold. */
export const ThresholdView = z.object({
  threshold: Share,
  n: z.number().describe("Labelled decisions at or above it"),
  wrong: z.number().describe("Of these, wrong (with any loss, where cost is limited)"),
  error: Share.nullable().describe(
    "Share wrong, each label weighted by one over the chance it had; null: fewer than 30 effective labels",
  ),
  error_lower: Share.nullable(),
  error_upper: Share.nullable().describe(
    "95 % interval (Wilson on the effective number), for reading only: the certificate decides",
  ),
  effective_n: z
    .number()
    .default(0)
    .describe("How many labels of one weight would say as much; 0 in what was written before it was kept"),
  log_e: z.number().nullable().describe("Natural logarithm of the evidence; null: lost for good"),
  log_e_needed: z.number().describe("What it must reach"),
  meter: Share.describe("How far it has come: log_e / log_e_needed"),
  more_needed: z
    .int()
    .nullable()
    .describe("About so many more labels at the error seen so far; null: more of the same will not do"),
  level: z.number().describe("The error probability this threshold is tested at"),
  certified: z.boolean(),
  in_force: z.boolean(),
});
export type ThresholdView = z.output<typeof ThresholdView>;

export const EvidenceView = z.object({
  folded_at: z.string().nullable().describe("The evidence is as of then"),
  alpha: Share.describe("What is tested: the promise, tightened where reviewers are known to miss things"),
  delta: Share,
  thresholds: z.array(ThresholdView).describe("From strict to permissive; empty until scores were seen"),
  most_permissive: Share.nullable().describe("The lowest certified threshold"),
  alarm: z.object({
    audits: z.object({ value: z.number(), limit: z.number() }),
    reviewed: z.object({ value: z.number(), limit: z.number() }),
  }),
  account: z
    .object({
      month: z.string().describe("Calendar month in UTC, such as 2026-11"),
      ran_alone: z.int(),
      audited: z.int(),
      wrong: z.number().describe("Found wrong by audits"),
      at_most: z
        .int()
        .describe("No more than so many were wrong, with probability 1 − delta, whatever happened"),
    })
    .nullable(),
});
export type EvidenceView = z.output<typeof EvidenceView>;

export const EpochView = z.object({
  id: z.string(),
  object: z.literal("contract_epoch"),
  number: z.int(),
  cause: z.enum(epochCauses),
  why: z.string().describe("One sentence"),
  pins: Loose.describe("Model, prompt and policies its decisions come from"),
  sensitivity: Share.nullable(),
  labelled: z.int().describe("Labelled decisions that are evidence in it"),
  audited: z.int().describe("Of these, ran alone and were audited"),
  started_at: z.string(),
  ended_at: z.string().nullable(),
});
export type EpochView = z.output<typeof EpochView>;

const Person = z.object({ id: z.string(), name: z.string() });

export const ProposalView = z.object({
  id: z.string(),
  object: z.literal("contract_proposal"),
  contract: z.string(),
  kind: z.enum(proposalKinds),
  status: z.enum(proposalStatuses),
  threshold: Share.nullable().describe("For promote and expand"),
  terms: TermsView.nullable().describe("For terms"),
  evidence: Loose.describe("The figures it rests on, as they stood when it was made"),
  reason: z.string(),
  proposed_by: Person,
  decided_by: Person.nullable(),
  decided_at: z.string().nullable(),
  created_at: z.string(),
});
export type ProposalView = z.output<typeof ProposalView>;

export const ContractView = z.object({
  id: z.string(),
  object: z.literal("contract"),
  app: Named,
  type: Named,
  predicted: z.enum(predictions),
  amount_from: z.int().nullable(),
  amount_to: z.int().nullable(),
  currency: z.string(),
  promise: z.string().describe("The terms in words"),
  terms: TermsView,
  level: z.enum(segmentLevels),
  threshold: Share.nullable(),
  audit_rate: Share,
  ramp_share: Share.describe("Of what may run alone, so much does"),
  epoch: EpochView,
  evidence: EvidenceView,
  next_step: z.string().describe("What it takes for more autonomy, or what happens next"),
  proposal: ProposalView.nullable().describe("What waits for a second admin"),
  version: z.int(),
  deployed_at: z.string().nullable().describe("Since when it runs alone"),
  created_at: z.string(),
  updated_at: z.string(),
  archived_at: z.string().nullable(),
});
export type ContractView = z.output<typeof ContractView>;

export const ChangeView = z.object({
  id: z.string(),
  object: z.literal("contract_change"),
  kind: z.enum(changeKinds),
  epoch: z.object({ id: z.string(), number: z.int() }),
  before: Loose.nullable(),
  after: Loose.nullable(),
  why: z.string(),
  evidence: Loose.nullable(),
  actor: z.string(),
  created_at: z.string(),
});
export type ChangeView = z.output<typeof ChangeView>;
