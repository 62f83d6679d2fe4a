import { sql, type SQL } from "drizzle-orm";
import { canonicalJson } from "@/lib/kernel/canonical";
import { authorize } from "./authorize";
import { actorName, type Context } from "./context";
import { hotRowsOf, rowsOf } from "./rows";

/**
 * Writes one entry of the journal, in the caller's transaction: the RFC 8785 form of `{ at, actor, action, subject,
 * data }`. Its place in the hash chain comes soon after its commit, see {@link sealJournal}. `data` holds ids, digests
 * and figures: never personal data, never secrets.
 */
export async function record(
  ctx: Context,
  action: string,
  subject: string,
  data: object = {},
): Promise<void> {
  await hotRowsOf(ctx.db, journalInsert(ctx, { action, subject, data }, sql`(values (1)) always`));
}

export type JournalEntry = { action: string; subject: string; data: object };

export type JournalLine = { actor: string; action: string; subject: string; entry: string };

/** What {@link record} writes, for a statement that takes it from its list. */
export function journalLine(ctx: Context, { action, subject, data }: JournalEntry): JournalLine {
  const actor = actorName(ctx.actor);
  const entry = canonicalJson({ at: ctx.now.toISOString(), actor, action, subject, data: clean(data) });
  return { actor, action, subject, entry };
}

/** The INSERT of {@link record} as a part of a larger statement: written once for each row of `from`. */
export function journalInsert(ctx: Context, written: JournalEntry, from: SQL): SQL {
  const { actor, action, subject, entry } = journalLine(ctx, written);
  return sql`insert into journal (org_id, actor, action, subject, entry)
    select ${ctx.orgId}, ${actor}, ${action}, ${subject}, ${entry} from ${from}`;
}

const mostSealed = 1000;

/**
 * A timer: gives all committed entries their place in the chain, `hash = sha256(hash before || entry)`; from then on
 * the database lets nobody change them. Many workers may run it at once: one of them seals. Answers how many it did.
 */
export async function sealJournal(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  for (let sealed = 0; ;) {
    const [row] = await rowsOf<{ count: number }>(
      ctx.db,
      sql`select seal_journal(${ctx.orgId}, ${mostSealed}) as count`,
    );
    sealed += row?.count ?? 0;
    if ((row?.count ?? 0) < mostSealed) return sealed;
  }
}

// undefined members are not JSON; dates are written the way JSON writes them.
function clean(data: object): unknown {
  return JSON.parse(JSON.stringify(data));
}
