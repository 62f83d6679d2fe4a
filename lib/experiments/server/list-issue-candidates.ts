import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { CandidateKind } from "../vocabulary";

export type CandidateChoice = { kind: Exclude<CandidateKind, "recorded">; id: string; name: string };

/** What could be tried over the cases of an app and a type: prompt versions, trained models and policy versions, newest first. */
export function listIssueCandidates(
  ctx: Context,
  { appId, typeId }: { appId: string; typeId: string },
): Promise<CandidateChoice[]> {
  authorize(ctx, "experiments.read");
  return rowsOf<CandidateChoice>(
    ctx.db,
    sql`(select 'prompt' as kind, v.id, p.name || ' v' || v.version || ' (' || v.status || ')' as name
        from prompt_versions v join prompts p on p.id = v.prompt_id
        where v.org_id = ${ctx.orgId} and p.app_id = ${appId} and p.type_id = ${typeId} and p.archived_at is null
        order by v.id desc limit 50)
      union all
      (select 'local_model', m.id, 'Trained model ' || m.version || ' (' || m.status || ')' from model_artifacts m
        where m.org_id = ${ctx.orgId} and m.app_id = ${appId} and m.type_id = ${typeId} order by m.id desc limit 50)
      union all
      (select 'policy', v.id, p.name || ' v' || v.number from policy_versions v join policies p on p.id = v.policy_id
        where v.org_id = ${ctx.orgId} and (p.app_id is null or p.app_id = ${appId}) order by v.id desc limit 50)`,
  );
}
