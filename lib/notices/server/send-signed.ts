import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { signWebhook } from "@/lib/server/standard-webhooks";
import type { Due } from "./message-of";
import { postStrictly, type Sent } from "./post-strictly";
import { openSigningSecrets } from "./signing-secrets";

type Target = { id: string; url: string | null; secret: string | null; archived: boolean };

/**
 * Posts a monitor's message to its address, signed as Standard Webhooks says: with the secret in force and, while one is
 * being replaced, with the one before too. Its id is the same on every try.
 */
export async function sendSigned(ctx: Context, due: Due): Promise<Sent> {
  authorize(ctx, "system.run");
  const { monitor, payload } = due.content;
  const [target] = await rowsOf<Target>(
    ctx.db,
    sql`select id, webhook_url as url, webhook_secret as secret, archived_at is not null as archived from monitors
      where org_id = ${ctx.orgId} and id = ${typeof monitor === "string" ? monitor : ""}`,
  );
  if (!target || target.archived) return { outcome: "dropped", why: "The monitor is gone" };
  if (target.url === null) return { outcome: "dropped", why: "The monitor has no webhook any more" };
  const secrets = openSigningSecrets(target.id, target.secret);
  if (secrets.length === 0) return { outcome: "failed", error: "The monitor has no secret to sign with" };
  const body = JSON.stringify(payload);
  const message = { id: due.id, timestamp: Math.floor(Date.now() / 1000), body };
  return postStrictly(target.url, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "webhook-id": message.id,
      "webhook-timestamp": String(message.timestamp),
      "webhook-signature": secrets.map((secret) => signWebhook(secret, message)).join(" "),
    },
    body,
  });
}
