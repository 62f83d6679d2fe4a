import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { CandidateKind } from "../vocabulary";

/** Something that can be run over a dataset version: a version of a prompt, a trained model, a policy. */
export type CandidateOption = { kind: CandidateKind; id: string; name: string; note: string };

/** What of the version's app can be tried on it, newest first. */
export async function listCandidateOptions(
  ctx: Context,
  { version }: { version: string },
): Promise<CandidateOption[]> {
  authorize(ctx, "experiments.read");
  return rowsOf<CandidateOption>(
    ctx.db,
    sql`with owner as (select d.app_id, d.type_id from dataset_versions v join datasets d on d.id = v.dataset_id
        where v.id = ${version} and v.org_id = ${ctx.orgId})
      (select 'prompt' as kind, v.id, p.name || ' v' || v.version as name, v.status || ', ' || m.name as note
        from owner join prompts p on p.app_id = owner.app_id and p.type_id = owner.type_id and p.archived_at is null
        join prompt_versions v on v.prompt_id = p.id join models m on m.id = v.model_id order by v.id desc limit 50)
      union all
      (select 'local_model', a.id, 'Trained model ' || a.version, a.status
        from owner join model_artifacts a on a.app_id = owner.app_id and a.type_id = owner.type_id
        order by a.version desc limit 20)
      union all
      (select 'policy', v.id, p.name || ' v' || v.number, v.status
        from owner join policies p on p.org_id = ${ctx.orgId} and (p.app_id is null or p.app_id = owner.app_id)
          and p.archived_at is null
        join policy_versions v on v.policy_id = p.id order by v.id desc limit 30)`,
  );
}
