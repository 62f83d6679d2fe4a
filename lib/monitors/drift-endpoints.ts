import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { referenceSources } from "@/lib/kernel/drift-references";
import { driftMethods, driftStates, referenceModes } from "./vocabulary";

const Share = z.number().min(0).max(1);
const Window = z.object({ from: z.string(), to: z.string() });

/** One feature of an app's decisions on one day, against its reference. */
export const DriftCheckView = z.object({
  id: z.string(),
  object: z.literal("drift_check"),
  app: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  type: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  day: z.string().describe("UTC day the window ends on"),
  feature: z
    .string()
    .describe(
      "`confidence`, `predicted`, a pointer into the input, or a pointer and `?`: whether it is there",
    ),
  state: z.enum(driftStates).describe("suspected once; confirmed when the next window says so too"),
  psi: z.number().describe("Population stability index, nats; above .2 is customarily a shift"),
  js: Share.describe("Jensen–Shannon distance"),
  test: z.enum(driftMethods),
  statistic: z.number(),
  p: Share.nullable(),
  q: Share.nullable().describe("p after Benjamini–Hochberg over all features and apps of the day"),
  n_reference: z.int().describe("Values that were compared"),
  n_current: z.int(),
  decisions: z
    .object({ reference: z.int(), current: z.int() })
    .describe("Decisions in each window; of more than 20,000 a random sample of about as many is compared"),
  window: Window,
  reference: Window.extend({
    source: z
      .enum(referenceSources)
      .describe("declared, certified and pinned stay; epoch and days move along with the window"),
  }),
  new_categories: z.array(z.string()).describe("Values that the reference does not know"),
  shares: z
    .array(z.object({ label: z.string(), reference: Share, current: Share }))
    .describe("Shares by bin or category"),
});
export type DriftCheckView = z.output<typeof DriftCheckView>;

export const DriftFilter = ListQuery.extend({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  app: z.string().max(100).optional().describe("Id or key"),
  type: z.string().max(100).optional().describe("Id or key"),
  feature: z.string().max(300).optional(),
  state: z.enum(driftStates).optional(),
  from: z.iso.date().optional().describe("First UTC day"),
  to: z.iso.date().optional().describe("Last UTC day"),
});
export type DriftFilter = z.output<typeof DriftFilter>;

const pair = {
  app: z.string().min(1).max(100).describe("Id or key"),
  type: z.string().min(1).max(100).describe("Id or key"),
};
export const CheckDrift = z.strictObject(pair);
export type CheckDrift = z.output<typeof CheckDrift>;

export const SetDriftReference = z
  .strictObject({
    ...pair,
    mode: z
      .enum(referenceModes)
      .optional()
      .describe(
        "Left out: pinned. trailing: the certification period before, else the 28 days before; it takes a slow shift for usual",
      ),
    window: z
      .strictObject({
        from: z.iso.datetime({ offset: true }),
        to: z.iso.datetime({ offset: true }),
      })
      .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
        path: ["to"],
        error: "must come after from",
      })
      .nullable()
      .describe(
        "Null, pinned: the period that certified what runs alone, else the 28 days before, once so many exist or a drift is confirmed",
      ),
  })
  .refine(({ mode, window }) => mode !== "trailing" || window === null, {
    path: ["window"],
    error: "goes with a pinned reference",
  });
export type SetDriftReference = z.output<typeof SetDriftReference>;

/** What an app's decisions of a type are compared with now. */
export const DriftReferenceView = z.object({
  object: z.literal("drift_reference"),
  app_id: z.string(),
  type_id: z.string(),
  app: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  type: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  mode: z.enum(referenceModes),
  window: Window.nullable().describe("The one that an admin pinned"),
  in_force: Window.extend({ source: z.enum(referenceSources) }).describe(
    "What today would be compared with, where it holds enough",
  ),
  drift: z.boolean().describe("A confirmed drift stands: audits are doubled"),
});
export type DriftReferenceView = z.output<typeof DriftReferenceView>;

export const DriftReferenceFilter = ListQuery.omit({ ending_before: true }).extend({
  app: z.string().max(100).optional().describe("Id or key"),
  type: z.string().max(100).optional().describe("Id or key"),
});
export type DriftReferenceFilter = z.output<typeof DriftReferenceFilter>;

const about = { tag: "Drift", security: "key", status: 200 } as const;

export const listDriftEndpoint = endpoint({
  ...about,
  id: "listDriftChecks",
  method: "GET",
  path: "/api/v1/drift",
  summary: "What decisions look like against their reference, day by day",
  description:
    "One item a feature and day, newest first. By day of a month, app × type × feature fits into one or a few pages.",
  query: DriftFilter,
  response: listOf(DriftCheckView),
});
export const checkDriftEndpoint = endpoint({
  ...about,
  id: "checkDrift",
  method: "POST",
  path: "/api/v1/drift/checks",
  summary: "Compare today so far with its reference, now",
  description:
    "Admins only. The day is compared again when it is over. Empty where there are too few decisions.",
  body: CheckDrift,
  response: listOf(DriftCheckView),
  problems: { 404: "not_found" },
});
export const setDriftReferenceEndpoint = endpoint({
  ...about,
  id: "setDriftReference",
  method: "PUT",
  path: "/api/v1/drift/reference",
  summary: "Say what an app's decisions are compared with",
  description:
    "Admins only. Pinned by default, so that a slow shift adds up: to the period that certified what runs alone, or to the 28 days before, as soon as so many exist or a drift is confirmed. What was confirmed against the reference before is over with it: audits that it doubled go back.",
  body: SetDriftReference,
  response: DriftReferenceView,
  problems: { 404: "not_found", 422: "validation_failed" },
});

export const listDriftReferencesEndpoint = endpoint({
  ...about,
  id: "listDriftReferences",
  method: "GET",
  path: "/api/v1/drift/reference",
  summary: "What each app's decisions are compared with now, by app and type",
  description:
    "One item for each app and type that was compared in the last 28 days, or that an admin said something of. `starting_after` is an app's and a type's id, `app/type`.",
  query: DriftReferenceFilter,
  response: listOf(DriftReferenceView),
});

export const driftEndpoints = [
  listDriftEndpoint,
  checkDriftEndpoint,
  listDriftReferencesEndpoint,
  setDriftReferenceEndpoint,
] as const;
