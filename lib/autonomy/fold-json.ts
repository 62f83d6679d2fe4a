import { z } from "zod";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { emptySum } from "@/lib/stats/weighted-sum";
import type { Fold } from "./fold";

// JSON has no -Infinity: the log wealth of a bet that is lost for good is null.
const LogWealth = z
  .number()
  .nullable()
  .transform((value) => value ?? -Infinity);
const Counted = z.object({ n: z.number(), wrong: z.number() });
const Summed = z.object({ count: z.number(), weight: z.number(), squaredWeight: z.number() });
// A period that ended before errors were weighted holds none of these.
const Weighed = z.object({ right: Summed, wrong: Summed }).default({ right: emptySum, wrong: emptySum });

const StoredFold = z.object({
  deployments: z.array(
    z.object({ after: z.string(), day: z.string(), threshold: z.number(), auditRate: z.number() }),
  ),
  thresholds: z.array(Counted.extend({ logw: z.array(LogWealth), pMin: z.number(), weights: Weighed })),
  records: z.number(),
  expired: z.number(),
  audited: z.number(),
  auditedWrong: z.number(),
  detector: z.array(z.number()),
  stream: z.array(z.number()),
  today: z.object({ day: z.string(), overrides: z.number(), expected: z.number() }).nullable(),
  baseline: z.array(Counted),
  account: z.array(
    z.object({
      month: z.string(),
      autos: z.number(),
      audited: z.number(),
      wrong: z.number(),
      piMin: z.number(),
    }),
  ),
  alarm: z.object({ kind: z.enum(["audit_alarm", "reviewed_stream_alarm"]), at: z.string() }).nullable(),
});

/** The fold as JSON, every number of it exactly. */
export function foldToJson(state: Fold): JsonObject {
  const thresholds = state.thresholds.map((row) => ({
    ...row,
    logw: row.logw.map((value) => (value === -Infinity ? null : value)),
  }));
  return { ...state, thresholds };
}

/** What {@link foldToJson} wrote, every number of it exactly. Throws on anything else. */
export function foldFromJson(stored: JsonValue): Fold {
  return StoredFold.parse(stored);
}

/** Whether two folds are equal in every number, to the bit. */
export function foldsAgree(one: Fold, other: Fold): boolean {
  return (
    JSON.stringify(StoredFold.parse(foldToJson(one))) === JSON.stringify(StoredFold.parse(foldToJson(other)))
  );
}
