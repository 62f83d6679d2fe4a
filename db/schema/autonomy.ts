import { sql } from "drizzle-orm";
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { predictions } from "@/lib/decisions/schema";
import {
  changeKinds,
  epochCauses,
  mapKinds,
  proposalKinds,
  proposalStatuses,
  replayKinds,
  replayStatuses,
  segmentLevels,
  type Terms,
} from "@/lib/autonomy/schema";
import type { Deployment } from "@/lib/autonomy/fold";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { apps, decisionTypes } from "./apps";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";

/** A promise about one segment (app × type × what is predicted × amount band), and how far it is trusted now. */
export const contracts = pgTable(
  "contracts",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    predicted: text({ enum: predictions }).notNull(),
    /** Minor units, from (included) to (excluded); null: no limit on that side. */
    amountFrom: minorUnits(),
    amountTo: minorUnits(),
    terms: jsonb().$type<Terms>().notNull(),
    /** What the router obeys, from here to `epochId`. */
    level: text({ enum: segmentLevels }).notNull().default("shadow"),
    threshold: doublePrecision(),
    auditRate: doublePrecision().notNull().default(1),
    /** Share of what may run alone that does. */
    rampShare: doublePrecision().notNull().default(1),
    epochId: text().notNull(),
    version: integer().notNull().default(1),
    /** The last nightly look, so that one day has one. */
    lookedOn: text(),
    deployedAt: moment(),
    /** When a threshold last let more run alone: it does so once a UTC day at most. */
    widenedAt: moment(),
    rampedAt: moment(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    uniqueIndex("contracts_segment_unique")
      .on(t.appId, t.typeId, t.predicted, sql`coalesce(amount_from, -1)`)
      .where(sql`archived_at is null`),
    check("contracts_predicted_check", oneOf("predicted", predictions)),
    check("contracts_level_check", oneOf("level", segmentLevels)),
    check(
      "contracts_range_check",
      sql`audit_rate > 0 and audit_rate <= 1 and ramp_share > 0 and ramp_share <= 1
        and (threshold is null or threshold between 0 and 1) and (amount_from is null or amount_to is null or amount_from < amount_to)`,
    ),
    // Nothing runs alone without a threshold that somebody certified.
    check("contracts_auto_check", sql`level <> 'auto' or threshold is not null`),
  ],
);

/** A certification period: one model, one prompt, one policy; its evidence is folded in the order of decisions. */
export const contractEpochs = pgTable(
  "contract_epochs",
  {
    id: id(),
    orgId: text().notNull(),
    contractId: text()
      .notNull()
      .references(() => contracts.id),
    number: integer().notNull(),
    cause: text({ enum: epochCauses }).notNull(),
    /** One sentence a person understands. */
    why: text().notNull(),
    /** Which model, prompt and policies its decisions come from; another one begins a new period. */
    pins: jsonb().$type<JsonObject>().notNull(),
    /** Thresholds, ascending; null until enough unlabelled scores were seen. */
    grid: jsonb().$type<number[]>(),
    gridFrozenAt: moment(),
    /** Its grid was taken from the scores up to this decision: what counts as evidence comes after it. */
    evidenceAfter: text(),
    /** From which decision on which threshold ran alone, in order: the fold's other input. */
    deployments: jsonb().$type<Deployment[]>().notNull().default([]),
    /** Lower bound of the reviewers' sensitivity that alpha is tightened by; null: none measured, or not asked for. */
    sensitivity: doublePrecision(),
    /** The certified threshold that admins were told of, so that they are told once. */
    offered: doublePrecision(),
    /** The fold: a pure function of the ordered records, so it can be computed again and compared. */
    state: jsonb().$type<JsonValue>(),
    /** The last decision folded. */
    cursor: text(),
    /** A label of a decision already folded has changed: fold again from the beginning. */
    stale: text(),
    foldedAt: moment(),
    startedAt: bornAt(),
    endedAt: moment(),
  },
  (t) => [
    unique("contract_epochs_number_unique").on(t.contractId, t.number),
    uniqueIndex("contract_epochs_open_unique")
      .on(t.contractId)
      .where(sql`ended_at is null`),
    check("contract_epochs_cause_check", oneOf("cause", epochCauses)),
  ],
);

/** What ever happened to a contract, in order; nothing here is changed. */
export const contractChanges = pgTable(
  "contract_changes",
  {
    id: id(),
    orgId: text().notNull(),
    contractId: text()
      .notNull()
      .references(() => contracts.id),
    epochId: text().notNull(),
    kind: text({ enum: changeKinds }).notNull(),
    before: jsonb().$type<JsonObject>(),
    after: jsonb().$type<JsonObject>(),
    why: text().notNull(),
    evidence: jsonb().$type<JsonObject>(),
    actor: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    index("contract_changes_contract_idx").on(t.contractId, t.id),
    check("contract_changes_kind_check", oneOf("kind", changeKinds)),
  ],
);

/** More autonomy, asked for with its evidence; it takes a second admin. */
export const contractProposals = pgTable(
  "contract_proposals",
  {
    id: id(),
    orgId: text().notNull(),
    contractId: text()
      .notNull()
      .references(() => contracts.id),
    epochId: text().notNull(),
    kind: text({ enum: proposalKinds }).notNull(),
    status: text({ enum: proposalStatuses }).notNull().default("open"),
    /** What would be in force: a threshold, or terms. */
    wanted: jsonb().$type<JsonObject>().notNull(),
    /** The figures it rests on, as they stood when it was made. */
    evidence: jsonb().$type<JsonObject>().notNull(),
    reason: text().notNull().default(""),
    proposedBy: text().notNull(),
    decidedBy: text(),
    decidedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("contract_proposals_open_unique")
      .on(t.contractId)
      .where(sql`status = 'open'`),
    index("contract_proposals_contract_idx").on(t.contractId, t.id),
    check("contract_proposals_kind_check", oneOf("kind", proposalKinds)),
    check("contract_proposals_status_check", oneOf("status", proposalStatuses)),
    // Four eyes, where SQL can see them.
    check(
      "contract_proposals_two_check",
      sql`status <> 'signed' or (decided_by is not null and decided_by <> proposed_by)`,
    ),
  ],
);

/** From raw confidence to a probability, fitted on earlier labels; a decision names the one it was shown with. */
export const calibrationMaps = pgTable(
  "calibration_maps",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    predicted: text({ enum: predictions }).notNull(),
    number: integer().notNull(),
    kind: text({ enum: mapKinds }).notNull(),
    /** isotonic: {x: number[], y: number[]}; platt: {a, b}; beta: {a, b, c}. */
    parameters: jsonb().$type<JsonObject>().notNull(),
    /** n, effective n, cross-fitted ECE and Brier score raw and mapped. */
    figures: jsonb().$type<JsonObject>().notNull(),
    createdAt: bornAt(),
    retiredAt: moment(),
  },
  (t) => [
    unique("calibration_maps_number_unique").on(t.appId, t.typeId, t.predicted, t.number),
    uniqueIndex("calibration_maps_live_unique")
      .on(t.appId, t.typeId, t.predicted)
      .where(sql`retired_at is null`),
    check("calibration_maps_kind_check", oneOf("kind", mapKinds)),
    check("calibration_maps_predicted_check", oneOf("predicted", predictions)),
  ],
);

/** Past decisions routed again under a draft; a worker goes through them part by part. */
export const replays = pgTable(
  "replays",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text().notNull(),
    kind: text({ enum: replayKinds }).notNull(),
    spec: jsonb().$type<JsonObject>().notNull(),
    status: text({ enum: replayStatuses }).notNull().default("pending"),
    cursor: text(),
    done: integer().notNull().default(0),
    total: integer(),
    state: jsonb().$type<JsonValue>(),
    result: jsonb().$type<JsonObject>(),
    error: text(),
    createdBy: text().notNull(),
    leaseUntil: moment(),
    finishedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    index("replays_app_idx").on(t.orgId, t.appId, t.id),
    index("replays_pending_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('pending', 'running')`),
    check("replays_kind_check", oneOf("kind", replayKinds)),
    check("replays_status_check", oneOf("status", replayStatuses)),
  ],
);

/** A past decision that a draft would have let run, which a person had decided: opened before the draft is published. */
export const replayFlips = pgTable(
  "replay_flips",
  {
    replayId: text()
      .notNull()
      .references(() => replays.id),
    decisionId: text().notNull(),
    orgId: text().notNull(),
    was: text().notNull(),
    would: text().notNull(),
    openedBy: text(),
    openedAt: moment(),
  },
  (t) => [unique("replay_flips_unique").on(t.replayId, t.decisionId)],
);
