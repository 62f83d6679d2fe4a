import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** What a form needs to ask for the right arguments of a decision. */
export type CorrectionForm = {
  schema: JsonObject;
  amountPointer: string | null;
  currency: string | null;
};

/** The type's own schema of a decision's arguments, and where its amount is. Throws `not_found`. */
export async function getCorrectionForm(
  ctx: Context,
  input: { decisionId: string },
): Promise<CorrectionForm> {
  authorize(ctx, "decisions.feedback");
  const app = appBound(ctx);
  const [form] = await rowsOf<CorrectionForm>(
    ctx.db,
    sql`select t.arguments_schema as schema, t.amount_pointer as "amountPointer", d.currency
      from decisions d join decision_types t on t.id = d.type_id
      where d.id = ${input.decisionId} and d.org_id = ${ctx.orgId} and ${app ?? null}::text is null`,
  );
  if (!form) throw new DomainError("not_found", `There is no decision ${input.decisionId}`);
  return form;
}
