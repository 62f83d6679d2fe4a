import { sql } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import type { Marker } from "../board-schema";
import { firstSeen } from "./intake-sums";
import { othersOf, type Window } from "./window";

/** More would hide the picture they stand in. */
const most = 12;

/**
 * What was changed in the window, newest first: prompts, trained models and policies put in force, contracts' thresholds
 * and epochs, and versions that decisions named for the first time, which is how a change outside is seen.
 */
export async function markersOf(w: Window): Promise<Marker[]> {
  const { ctx, from, to } = w;
  const within = (moment: ReturnType<typeof sql>) =>
    sql`${moment} >= ${from.toISOString()}::timestamptz and ${moment} < ${to.toISOString()}::timestamptz`;
  const scoped = (app: ReturnType<typeof sql>, type: ReturnType<typeof sql>, org: ReturnType<typeof sql>) =>
    othersOf(w, { org, app, type });
  const told = await rowsOf<Marker>(
    ctx.db,
    sql`select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, kind, label, href from (
      select v.activated_at as at, 'prompt' as kind, p.name || ' ' || v.version || ' active' as label,
          '/apps/' || p.app_id || '/prompts' as href
        from prompt_versions v join prompts p on p.id = v.prompt_id
        where ${scoped(sql`p.app_id`, sql`p.type_id`, sql`v.org_id`)} and ${within(sql`v.activated_at`)}
      union all
      select v.published_at, 'policy', p.name || ' ' || v.number || ' published', '/apps/' || p.app_id || '/policies/' || p.id
        from policy_versions v join policies p on p.id = v.policy_id
        where v.org_id = ${ctx.orgId} and ${within(sql`v.published_at`)}
          and (p.app_id is null or ${othersOf(w, { org: sql`v.org_id`, app: sql`p.app_id` })})
      union all
      select m.activated_at, 'model', 'Trained model ' || m.version || ' active', '/apps/' || m.app_id || '/learning'
        from model_artifacts m where ${scoped(sql`m.app_id`, sql`m.type_id`, sql`m.org_id`)} and ${within(sql`m.activated_at`)}
      union all
      select c.created_at, case when c.kind in ('epoch', 'stepped_down', 'rolled_back') then 'epoch' else 'threshold' end,
          left(c.why, 120), '/apps/' || k.app_id || '/contracts/' || k.id
        from contract_changes c join contracts k on k.id = c.contract_id
        where c.kind in ('epoch', 'promoted', 'expanded', 'stepped_down', 'rolled_back')
          and ${scoped(sql`k.app_id`, sql`k.type_id`, sql`c.org_id`)} and ${within(sql`c.created_at`)}
    ) changes order by at desc limit ${most}`,
  );
  const seen = (await firstSeen(w)).map(({ kind, version, at }): Marker => {
    const rows = new URLSearchParams({ [kind === "prompt" ? "prompt_version" : "model"]: version });
    const label = `${kind === "prompt" ? "Prompt" : "Model"} ${version} first seen`;
    return { at, kind, label, href: `/decisions?${rows.toString()}` };
  });
  return [...told, ...seen].toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-most);
}
