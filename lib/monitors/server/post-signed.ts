import { sql } from "drizzle-orm";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Watched } from "./watched";

type Message = { type: string; title: string; href: string; data: JsonObject };

/** Puts a message on its way to the monitor's own address, with the transaction; it is signed when it is sent. */
export async function postSigned(
  ctx: Context,
  { id, name, webhook_url }: Pick<Watched, "id" | "name" | "webhook_url">,
  { type, title, href, data }: Message,
): Promise<void> {
  if (webhook_url === null) return;
  const payload = { type, timestamp: ctx.now.toISOString(), data: { ...data, title, path: href } };
  const content = { title, href, monitor: id, monitor_name: name, payload };
  await rowsOf(
    ctx.db,
    sql`insert into notification_deliveries (id, org_id, kind, notification_ids, content)
      values (${newId("delivery")}, ${ctx.orgId}, 'webhook', '[]'::jsonb, ${JSON.stringify(content)}::jsonb)`,
  );
}
