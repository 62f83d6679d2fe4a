import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { stamp } from "@/lib/reviews/server/review-sql";
import type { ChangeBefore } from "../incidents";

const mostChanges = 20;
/** Changes of this long before an incident are named with it. */
const lookBackHours = 24;

type Scope = { appId: string | null; typeId: string | null };

/**
 * What people and the system changed in the day before now that could be a cause: prompts, models, policies, contracts,
 * calibrations, thresholds, connectors. Newest first; of one app where the scope names one.
 */
export async function changesBefore(ctx: Context, { appId, typeId }: Scope): Promise<ChangeBefore[]> {
  const org = sql`org_id = ${ctx.orgId}`;
  const late = (column: string) =>
    sql`${sql.raw(column)} > now() - make_interval(hours => ${lookBackHours}::int)`;
  const ofApp = (column: string) =>
    appId === null ? sql`true` : sql`(${sql.raw(column)} is null or ${sql.raw(column)} = ${appId})`;
  const ofType = (column: string) => (typeId === null ? sql`true` : sql`${sql.raw(column)} = ${typeId}`);
  return rowsOf<ChangeBefore>(
    ctx.db,
    sql`select ${stamp("at")} as at, what, name, href from (
        select h.created_at as at, 'Contract: ' || replace(h.kind, '_', ' ') as what, a.name || ', ' || t.name || ': ' || h.why as name,
          '/apps/' || a.id || '/contracts/' || c.id as href
        from contract_changes h join contracts c on c.id = h.contract_id join apps a on a.id = c.app_id
          join decision_types t on t.id = c.type_id
        where h.${org} and ${late("h.created_at")} and ${ofApp("c.app_id")} and ${ofType("c.type_id")}
        union all
        select v.published_at, 'Policy published', p.name || ', version ' || v.number, null
        from policy_versions v join policies p on p.id = v.policy_id
        where v.${org} and ${late("v.published_at")} and ${ofApp("p.app_id")}
        union all
        select u.updated_at, 'Autonomy set', a.name || ', ' || t.name, '/apps/' || a.id
        from autonomies u join apps a on a.id = u.app_id join decision_types t on t.id = u.type_id
        where u.${org} and u.version > 0 and u.updated_by is not null and ${late("u.updated_at")}
          and ${ofApp("u.app_id")} and ${ofType("u.type_id")}
        union all
        select m.created_at, 'Calibration fitted', a.name || ', ' || t.name, '/apps/' || a.id || '/thresholds'
        from calibration_maps m join apps a on a.id = m.app_id join decision_types t on t.id = m.type_id
        where m.${org} and ${late("m.created_at")} and ${ofApp("m.app_id")} and ${ofType("m.type_id")}
        union all
        select n.updated_at, 'Connector changed', n.name, '/settings/connectors/' || n.id
        from connectors n where n.${org} and n.version > 1 and ${late("n.updated_at")}
        union all
        select t.updated_at, 'Decision type changed', t.name, '/settings/types/' || t.id
        from decision_types t where t.${org} and t.version > 1 and ${late("t.updated_at")} and ${ofType("t.id")}
        union all
        select x.updated_at, 'Model changed', x.name, '/settings/models' from models x where x.${org} and ${late("x.updated_at")}
        union all
        select v.activated_at, 'Prompt put in force', p.name || ', version ' || v.version, '/apps/' || p.app_id || '/prompts'
        from prompt_versions v join prompts p on p.id = v.prompt_id
        where v.${org} and ${late("v.activated_at")} and ${ofApp("p.app_id")} and ${ofType("p.type_id")}
        union all
        select f.activated_at, 'Trained model put in force', a.name || ', version ' || f.version, '/apps/' || a.id || '/learning'
        from model_artifacts f join apps a on a.id = f.app_id
        where f.${org} and ${late("f.activated_at")} and ${ofApp("f.app_id")} and ${ofType("f.type_id")}
      ) changed order by at desc limit ${mostChanges}`,
  );
}
