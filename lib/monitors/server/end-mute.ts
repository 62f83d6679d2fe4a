import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { postSigned } from "./post-signed";
import type { Watched } from "./watched";

/** A silence is over, in the look's transaction: of an incident that opened in it and is not over, people are told now. */
export async function endMute(ctx: Context, watched: Watched): Promise<void> {
  authorize(ctx, "system.run");
  const { id, name, channels } = watched;
  const [over] = await rowsOf<{ incident: string | null; why: string | null }>(
    ctx.db,
    sql`with live as (select i.id, i.detail ->> 'why' as why from incidents i
          where i.monitor_id = ${id} and i.status <> 'resolved' and i.detail ->> 'told' = 'no'),
        told as (update incidents set detail = detail - 'told' where id in (select id from live)),
        ended as (update monitors set muted_until = null, muted_by = null where id = ${id})
      select (select id from live) as incident, (select why from live) as why`,
  );
  await record(ctx, "monitor.mute_ended", id);
  if (!over?.incident) return;
  const href = `/alerts/incidents/${over.incident}`;
  const title = `Alert: ${name}`;
  const tell = { kind: "incident", title, body: over.why ?? "", href, channels };
  const data = { monitor: id, incident: over.incident };
  await emit(ctx, {
    type: "incident.changed",
    subject: over.incident,
    data: { ...data, status: "open", tell },
  });
  await postSigned(ctx, watched, { type: "incident.opened", title, href, data });
}
