import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { FineTuneView } from "../fine-tunes";
import { stamp } from "./stamp";

/** The organisation's jobs that hold to `where` (over alias `x`), newest first. */
export async function fineTuneViews(ctx: Context, where: SQL, limit: number): Promise<FineTuneView[]> {
  const rows = await rowsOf<Omit<FineTuneView, "object">>(
    ctx.db,
    sql`select x.id, x.app_id, t.key as type, x.status, json_build_object('id', m.id, 'key', m.key) as model, x.base_model,
        x.export_id as export, x.settings, x.remote_file_id as remote_file, x.remote_job_id as remote_job, x.remote_status,
        x.events, x.trained_tokens::float8 as trained_tokens, x.result_model, x.result_model_id,
        x.result_prompt_version_id as result_prompt_version, x.error, x.cancel_asked_at is not null as cancel_asked,
        coalesce(u.name, x.created_by) as created_by, ${stamp("x.created_at")} as created_at,
        ${stamp("x.finished_at")} as finished_at
      from fine_tunes x join models m on m.id = x.model_id join learning_exports e on e.id = x.export_id
      join decision_types t on t.id = e.type_id left join users u on 'user:' || u.id = x.created_by
      where x.org_id = ${ctx.orgId} and ${where} order by x.id desc limit ${limit}`,
  );
  return rows.map((row) => ({ ...row, object: "fine_tune" }));
}

/** One of the organisation's. Throws `not_found`. */
export async function fineTuneView(ctx: Context, id: string): Promise<FineTuneView> {
  const [view] = await fineTuneViews(ctx, sql`x.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no fine-tuning job ${id.slice(0, 64)}`);
  return view;
}

/** Event and journal entry of a step, last in its transaction. */
export async function tellTuning(ctx: Context, id: string, step: string, data: object = {}): Promise<void> {
  await emit(ctx, { type: "fine_tune.changed", subject: id, data: { step } });
  await record(ctx, `fine_tune.${step}`, id, data);
}
