import { z } from "zod";
import { AutonomyBody, AutonomyRef, Reason } from "./inputs";
import { autonomyLevels, raiseStatuses, timeoutActions } from "./schema";

/** More autonomy, asked for by one admin; another one signs it. */
export const RaiseView = z.object({
  id: z.string(),
  object: z.literal("autonomy_proposal"),
  app_id: z.string(),
  type_id: z.string(),
  status: z.enum(raiseStatuses),
  wanted: z
    .object({
      level: z.enum(autonomyLevels),
      threshold: z.number().nullable(),
      decline_threshold: z.number().nullable(),
      audit_rate: z.number(),
      amount_cap: z.int().nullable(),
      sla_minutes: z.int(),
      on_timeout: z.enum(timeoutActions),
    })
    .describe("The setting as a whole, as it would be"),
  version: z
    .int()
    .describe("Of the setting it was proposed on; once that is another, the proposal has lapsed"),
  reason: z.string(),
  proposed_by: z.object({ id: z.string(), name: z.string() }),
  decided_at: z.string().nullable(),
  created_at: z.string(),
});
export type RaiseView = z.output<typeof RaiseView>;

export const RaiseBody = z.strictObject({ autonomy: AutonomyBody, reason: Reason });
/** More autonomy than is in force, as a whole. */
export const ProposeRaise = AutonomyRef.extend(RaiseBody.shape);
export type ProposeRaise = z.output<typeof ProposeRaise>;
export const RaiseRef = AutonomyRef.extend({ proposal: z.string().min(1).max(64) });
export type RaiseRef = z.output<typeof RaiseRef>;
export const CloseBody = z.strictObject({ reason: Reason });
export const CloseRaise = RaiseRef.extend(CloseBody.shape);
export type CloseRaise = z.output<typeof CloseRaise>;
