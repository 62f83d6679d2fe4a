import { z } from "zod";
import { predictions } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { mapKinds } from "./schema";

const Fit = z.object({
  ece: z.number().describe("Expected calibration error over 15 equal-width bins"),
  brier: z.number(),
});

export const CalibrationView = z.object({
  id: z.string(),
  object: z.literal("calibration_map"),
  app: z.string(),
  type: z.string(),
  predicted: z.enum(predictions),
  number: z.int().describe("Counts the maps of this app, type and kind of proposal"),
  kind: z.enum(mapKinds),
  parameters: z
    .record(z.string(), AnyJson)
    .describe("isotonic: scores and values, linear in between; platt: 1 / (1 + exp(-(a · logit(p) + b)))"),
  figures: z.object({
    n: z.int().describe("Labels it was fitted on"),
    ess: z.number().describe("As many equally weighted labels would say as much"),
    raw: Fit.describe("Of the app's own confidence"),
    mapped: Fit.describe("Of the mapped one, each label by a map fitted on the other four fifths"),
  }),
  in_force: z.boolean(),
  created_at: z.string(),
  retired_at: z.string().nullable(),
});
export type CalibrationView = z.output<typeof CalibrationView>;

export const CalibrationFilter = ListQuery.omit({ ending_before: true }).extend({
  app: z.string().min(1).max(100).optional().describe("Key or id of an app"),
  type: z.string().min(1).max(100).optional().describe("Key or id of a decision type"),
  in_force: z.enum(["true"]).optional().describe("true: only what decisions get now"),
});
export type CalibrationFilter = z.output<typeof CalibrationFilter>;

export const listCalibrationsEndpoint = endpoint({
  tag: "Calibration",
  security: "key",
  scope: "decisions:read",
  id: "listCalibrationMaps",
  method: "GET",
  path: "/api/v1/calibration_maps",
  summary: "List calibration maps, newest first",
  description:
    "What a raw confidence has been worth, by app, type and kind of proposal, fitted nightly on labels weighted by 1/pi. A decision names the map it was shown with. An app's key sees its own.",
  query: CalibrationFilter,
  response: listOf(CalibrationView),
  status: 200,
  problems: { 404: "not_found" },
});
