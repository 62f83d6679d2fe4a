import { sql } from "drizzle-orm";
import { canonicalJson } from "@/lib/kernel/canonical";
import { actorName, type Context } from "./context";
import { hotRowsOf } from "./rows";

/**
 * Appends one entry to the hash-chained journal, in the caller's transaction: `hash = sha256(prev || entry)` where
 * entry is the RFC 8785 form of `{ at, actor, action, subject, data }`. The chain's head is locked until commit, so
 * call it last. `data` holds ids, digests and figures: never personal data, never secrets.
 */
export async function record(
  ctx: Context,
  action: string,
  subject: string,
  data: object = {},
): Promise<void> {
  const entry = canonicalJson({
    at: ctx.now.toISOString(),
    actor: actorName(ctx.actor),
    action,
    subject,
    data: clean(data),
  });
  await hotRowsOf(
    ctx.db,
    sql`with head as (
        update journal_heads set seq = seq + 1, prev = hash,
          hash = encode(sha256(convert_to(hash || ${entry}, 'UTF8')), 'hex')
        where org_id = ${ctx.orgId} returning seq, prev, hash)
      insert into journal (org_id, seq, actor, action, subject, entry, prev, hash)
      select ${ctx.orgId}, seq, ${actorName(ctx.actor)}, ${action}, ${subject}, ${entry}, prev, hash from head`,
  );
}

// undefined members are not JSON; dates are written the way JSON writes them.
function clean(data: object): unknown {
  return JSON.parse(JSON.stringify(data));
}
