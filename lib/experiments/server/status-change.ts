import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { ProblemCode } from "@/lib/kernel/problems";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ExperimentView } from "../experiments";
import type { ExperimentStatus } from "../vocabulary";
import { experimentById } from "./experiment-rows";

type Change = {
  from: readonly ExperimentStatus[];
  set: SQL;
  action: string;
  /** The problem when it is in none of those. */
  otherwise: [code: ProblemCode, sentence: string];
};

/** Moves an experiment on, guarded by where it stands; the caller has authorised. */
export async function changeStatus(ctx: Context, id: string, change: Change): Promise<ExperimentView> {
  const { from, set, action, otherwise } = change;
  return inTransaction(ctx, async (ctx) => {
    const [moved] = await rowsOf(
      ctx.db,
      sql`update experiments set ${set} where id = ${id} and org_id = ${ctx.orgId}
        and status = any (${sql.param([...from])}::text[]) returning id`,
    );
    if (!moved) {
      const { status } = await experimentById(ctx, id);
      throw new DomainError("conflict", `${otherwise[1]}: it is ${status}`, { code: otherwise[0] });
    }
    await emit(ctx, { type: "experiment.changed", subject: id });
    await record(ctx, action, id, {});
    return experimentById(ctx, id);
  });
}
