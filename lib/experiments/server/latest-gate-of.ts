import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { GateView } from "../experiments";
import { stamp } from "./dataset-rows";

/** The gate that a version met last, and where. */
export type LatestGate = { experiment: { id: string; name: string }; finished_at: string; gate: GateView };

/** The latest finished experiment in which this prompt version was a candidate beside a baseline; null: none was run. */
export async function latestGateOf(
  ctx: Context,
  { promptVersionId }: { promptVersionId: string },
): Promise<LatestGate | null> {
  authorize(ctx, "experiments.read");
  const [found] = await rowsOf<LatestGate>(
    ctx.db,
    sql`select json_build_object('id', x.id, 'name', x.name) as experiment, ${stamp("x.finished_at")} as finished_at,
        x.gate_detail -> c.id as gate
      from experiment_candidates c join experiments x on x.id = c.experiment_id
      where c.prompt_version_id = ${promptVersionId} and not c.is_baseline and x.org_id = ${ctx.orgId}
        and x.status = 'done' and x.gate_detail -> c.id is not null
      order by x.finished_at desc limit 1`,
  );
  return found ?? null;
}
