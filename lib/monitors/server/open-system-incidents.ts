import { sql } from "drizzle-orm";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { IncidentCause } from "../incidents";
import { changesBefore } from "./changes-before";
import { happened } from "./incident-rows";

/** Rows with a lower id may be committed later: so many are looked at again. */
const lookBack = 2000;

type Heard = {
  id: string;
  cause: IncidentCause;
  subject: string;
  app_id: string | null;
  type_id: string | null;
  about: string | null;
  why: string | null;
  features: string[] | null;
  raised: number | null;
};

/**
 * A timer: opens an incident for what the system did by itself: autonomy taken back under a contract, a breaker that
 * opened, a drift that was confirmed. One an event, however many workers look. Answers how many it opened.
 */
export async function openSystemIncidents(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const heard = await readHeard(ctx);
  let opened = 0;
  for (const one of heard) if (await inTransaction(ctx, (ctx) => open(ctx, one))) opened += 1;
  return opened;
}

async function readHeard(ctx: Context): Promise<Heard[]> {
  return rowsOf<Heard>(
    ctx.db,
    sql`select e.id::text as id, case e.type when 'contract.stepped_down' then 'step_down' when 'drift.confirmed' then 'drift'
          else 'breaker' end as cause,
        e.subject, a.id as app_id, t.id as type_id,
        coalesce(n.name, a.name || ': ' || t.name) as about, coalesce(e.data ->> 'why', e.data ->> 'reason') as why,
        e.data -> 'features' as features, (e.data ->> 'audits_raised')::int as raised
      from events e left join contracts c on e.type = 'contract.stepped_down' and c.id = e.subject
      left join apps a on a.id = coalesce(c.app_id, case when e.type = 'drift.confirmed' then e.data ->> 'app' end)
      left join decision_types t on t.id = coalesce(c.type_id, case when e.type = 'drift.confirmed' then e.data ->> 'type' end)
      left join connectors n on e.type = 'connector.breaker_opened' and n.id = e.subject
      where e.org_id = ${ctx.orgId} and e.id > (select coalesce(max(id), 0) - ${lookBack}::int from events)
        and e.at > now() - interval '1 hour' and e.type in ('contract.stepped_down', 'connector.breaker_opened', 'drift.confirmed')
        and not exists (select 1 from incidents i where i.org_id = e.org_id and i.event_id = e.id::text)
      order by e.id`,
  );
}

const words = {
  step_down: "Autonomy was taken back",
  breaker: "A breaker stopped a connector",
  drift: "Drift is confirmed",
} as const;

async function open(ctx: Context, heard: Heard): Promise<boolean> {
  const { cause, app_id, type_id, about } = heard;
  if (cause === "monitor") return false;
  const id = newId("incident");
  const title = about === null ? words[cause] : `${words[cause]}: ${about}`;
  const why = whyOf(heard);
  const changes = await changesBefore(ctx, { appId: app_id, typeId: type_id });
  const detail = { cause, why, href: hrefOf(heard), figure: null, changes, timeline: [] };
  const severity = cause === "drift" ? "warning" : "alert";
  const made = await rowsOf(
    ctx.db,
    sql`insert into incidents (id, org_id, app_id, type_id, severity, title, detail, event_id)
      values (${id}, ${ctx.orgId}, ${app_id}, ${type_id}, ${severity}, ${title}, ${JSON.stringify(detail)}::jsonb, ${heard.id})
      on conflict (org_id, event_id) where event_id is not null do nothing returning id`,
  );
  if (made.length === 0) return false;
  await rowsOf(
    ctx.db,
    sql`update incidents set detail = ${happened({ did: "opened", by: null })} where id = ${id}`,
  );
  // A step-down and a breaker are told by their own events; a drift is told by this one.
  const tell =
    cause === "drift"
      ? { kind: "monitor", title, body: why, href: `/alerts/incidents/${id}`, channels: ["email"] }
      : undefined;
  await emit(ctx, { type: "incident.opened", subject: id, data: { cause, event: heard.id, tell } });
  await record(ctx, "incident.opened", id, { cause, event: heard.id });
  return true;
}

function whyOf({ cause, why, features, raised }: Heard): string {
  if (cause === "drift") {
    const names = (features ?? []).slice(0, 5).join(", ");
    const audits = raised ? " Audits are doubled until it is over." : "";
    return `Two windows in a row differ from their reference in ${names}.${audits}`;
  }
  return (
    why ??
    (cause === "breaker" ? "Too much failed at it: nothing is sent to it until somebody resumes it." : "")
  );
}

function hrefOf({ cause, subject, app_id }: Heard): string | null {
  if (cause === "step_down") return app_id === null ? null : `/apps/${app_id}/contracts/${subject}`;
  return cause === "breaker" ? `/settings/connectors/${subject}` : "/evaluation?tab=drift";
}
