import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { feedback } from "@/db/schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { Reply, type Incoming } from "@/lib/server/handle";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { CustomerFeedback, CustomerWord } from "../links";
import { countLinkChange, countLinkUse } from "./count-link-use";
import { customerView, findLink, type FoundLink } from "./find-link";

type Input = { params: { token: string }; body: CustomerWord; header: Incoming["header"] };

/**
 * Takes what the holder of a link says: 201 the first time, 200 when it changes what stands, which is kept as history;
 * the same again changes nothing. Throws `feedback_link_invalid`, `feedback_link_expired`, `rate_limited`.
 */
export async function giveLinkedFeedback(ctx: Context, input: Input): Promise<Reply<CustomerFeedback>> {
  authorize(ctx, "system.run");
  await countLinkUse(ctx, "say", input.header);
  const { vote = null, score = null, text = null } = input.body;
  const said = { vote, score, text };
  const { id } = await findLink(ctx, input.params.token);
  await countLinkChange(ctx, id);
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(ctx.db, sql`select id from feedback_links where id = ${id} for update`);
    const link = await findLink(ctx, input.params.token);
    if (link.standing && canonicalJson(link.standing.said) === canonicalJson(said)) {
      return new Reply(customerView(link), { status: 200, headers: { "Idempotent-Replayed": "true" } });
    }
    const standing = await write(ctx, link, said);
    return new Reply(customerView({ ...link, standing }), { status: link.standing ? 200 : 201 });
  });
}

type Standing = NonNullable<FoundLink["standing"]>;

async function write(ctx: Context, link: FoundLink, said: Standing["said"]): Promise<Standing> {
  const id = newId("feedback");
  if (link.standing) {
    await rowsOf(ctx.db, sql`update feedback set replaced_by = ${id} where id = ${link.standing.id}`);
  }
  const [row] = await ctx.db
    .insert(feedback)
    .values({
      id,
      orgId: ctx.orgId,
      decisionId: link.decisionId,
      source: "customer",
      ...said,
      actor: `link:${link.id}`,
      linkId: link.id,
      requestHash: createHash("sha256").update(canonicalJson(said)).digest("hex"),
    })
    .returning({ createdAt: feedback.createdAt });
  if (!row) throw new Error("feedback was not written");
  const data = { source: "customer", vote: said.vote, cause: null, replaces: link.standing?.id ?? null };
  await emit(ctx, { type: "feedback.created", subject: id, decisionId: link.decisionId, data });
  // What they wrote is personal data: the journal knows that they wrote, and over which link.
  await record(ctx, "feedback.given", id, { decision: link.decisionId, link: link.id, ...data });
  return { id, said, at: row.createdAt.toISOString() };
}
