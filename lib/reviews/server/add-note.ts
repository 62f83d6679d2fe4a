import { sql } from "drizzle-orm";
import { notes } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { NewNote, NoteView } from "../notes";
import { noteViews, requireNotable } from "./list-notes";
import { personOf } from "./review-sql";

/**
 * Writes a note on a decision for the team. Whoever it names is in the event, so that they can be told; the words are
 * in no event and not in the journal. Throws `not_found`, and `validation_failed` for somebody who is not an active member.
 */
export async function addNote(
  ctx: Context,
  { params, body }: { params: { decision: string }; body: NewNote },
): Promise<NoteView> {
  authorize(ctx, "notes.write");
  const author = personOf(ctx);
  const decisionId = params.decision;
  const mentions = [...new Set(body.mentions)];
  return inTransaction(ctx, async (ctx) => {
    await requireNotable(ctx, decisionId);
    await requireMembers(ctx, mentions);
    const id = newId("note");
    await ctx.db
      .insert(notes)
      .values({ id, orgId: ctx.orgId, decisionId, author, text: body.text, mentions });
    const named = mentions.map((userId) => `user:${userId}`);
    await emit(ctx, { type: "note.added", subject: id, decisionId, data: { by: author, mentions: named } });
    await record(ctx, "note.added", id, { decision: decisionId, mentions: named });
    const [note] = await noteViews(ctx, sql`n.id = ${id}`);
    if (!note) throw new Error(`${id} was written a moment ago`);
    return note;
  });
}

async function requireMembers(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const members = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from users where org_id = ${ctx.orgId} and disabled_at is null
      and id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
  );
  const known = new Set(members.map(({ id }) => id));
  const at = ids.findIndex((id) => !known.has(id));
  if (at < 0) return;
  const message = `${ids[at]} is not an active member`;
  throw new DomainError("invalid", `/mentions/${at}: ${message}`, {
    code: "validation_failed",
    errors: [
      {
        pointer: `/mentions/${at}`,
        code: "unknown_member",
        message,
        fix: "Take an id from /api/v1/colleagues",
      },
    ],
  });
}
