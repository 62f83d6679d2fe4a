import { sql } from "drizzle-orm";
import { appealFiles, reviews } from "@/db/schema";
import type { Reversibility } from "@/lib/apps/schema";
import { sha256 } from "@/lib/identity/server/secret";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { severityOf } from "@/lib/reviews/impact";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { appealLimits } from "../appeal-limits";
import type { Statement } from "../appeals";
import { fileName, sniffFile, type FileType } from "../sniff-file";
import { appealHours } from "./appeal-settings";

export type GivenFile = { name: string; bytes: Uint8Array };
type CheckedFile = { name: string; type: FileType; bytes: Uint8Array };

/**
 * Takes a person's word on a decision about them, once a link: their statement and files are stored, and a review of
 * kind `appeal` opens for somebody who had no part in the decision. Throws `not_found` for a link that does not work,
 * `conflict` when this decision's appeal is being looked at already, `validation_failed` for a file that is not taken.
 */
export async function submitAppeal(
  ctx: Context,
  input: { token: string; said: Statement; files: readonly GivenFile[] },
): Promise<{ appealId: string; reviewId: string }> {
  authorize(ctx, "system.run");
  const files = checkFiles(input.files);
  const hours = await appealHours(ctx);
  return inTransaction(ctx, async (ctx) => {
    const reviewId = newId("review");
    const appeal = await take(ctx, { ...input, reviewId, hours });
    for (const file of files) await keep(ctx, appeal.id, file);
    await openReview(ctx, appeal, reviewId);
    const about = { subject: appeal.id, decisionId: appeal.decision_id };
    await emit(
      ctx,
      { type: "review.opened", ...about, subject: reviewId, data: { reason: "appeal", kind: "appeal" } },
      { type: "appeal.submitted", ...about, data: { review: reviewId } },
    );
    // What they wrote is personal data: the journal knows that they wrote.
    await record(ctx, "appeal.submitted", appeal.id, {
      decision: appeal.decision_id,
      review: reviewId,
      files: files.length,
    });
    return { appealId: appeal.id, reviewId };
  });
}

type Taken = {
  id: string;
  decision_id: string;
  app_id: string;
  type_id: string;
  queue_id: string;
  due_at: Date;
  reversibility: Reversibility;
  amount: string | number | null;
  currency: string | null;
  amount_cap: string | number | null;
  cap_currency: string;
  parts: string[];
};

async function take(
  ctx: Context,
  input: { token: string; said: Statement; reviewId: string; hours: number },
): Promise<Taken> {
  const { statement, contact } = input.said;
  const [taken] = await rowsOf<Taken>(
    ctx.db,
    sql`update appeals a set status = 'submitted', statement = ${statement}, contact = ${contact || null},
        submitted_at = now(), review_id = ${input.reviewId}, due_at = now() + make_interval(hours => ${input.hours}::int)
      from decisions d join decision_types t on t.id = d.type_id
      left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
      where a.token_hash = ${sha256(input.token)} and a.org_id = ${ctx.orgId} and a.status = 'offered'
        and a.expires_at > now() and d.id = a.decision_id and d.status in ('approved', 'declined')
      returning a.id, a.decision_id, a.due_at, d.app_id, d.type_id, t.reversibility, d.amount, d.currency, au.amount_cap,
        t.currency as cap_currency,
        coalesce((select r.queue_id from reviews r where r.decision_id = d.id order by r.created_at limit 1), t.queue_id) as queue_id,
        array(select distinct who from (
          select r.resolved_by as who from reviews r where r.decision_id = d.id
          union all select unnest(array[p.actor, p.on_behalf_of]) from approvals p where p.decision_id = d.id
          union all select unnest(array[d.decided_by, d.submitted_by])) parts where who like 'user:%') as parts`,
  );
  if (taken) return taken;
  throw new DomainError("not_found", "This link does not work, or was used already.");
}

async function openReview(ctx: Context, appeal: Taken, reviewId: string): Promise<void> {
  const opened = await ctx.db
    .insert(reviews)
    .values({
      id: reviewId,
      orgId: ctx.orgId,
      decisionId: appeal.decision_id,
      queueId: appeal.queue_id,
      appId: appeal.app_id,
      typeId: appeal.type_id,
      kind: "appeal",
      dueAt: new Date(appeal.due_at),
      severity: severity(appeal),
      excluded: appeal.parts,
    })
    .onConflictDoNothing()
    .returning({ id: reviews.id });
  if (opened.length > 0) return;
  throw new DomainError("conflict", "An appeal about this decision is being looked at already.");
}

// Whoever appeals was let down, or says so: it is never of low severity.
function severity({ amount, currency, amount_cap, cap_currency, reversibility }: Taken) {
  const found = severityOf({
    amount: amount === null || currency === null ? null : { amount: Number(amount), currency },
    cap: amount_cap === null ? null : { amount: Number(amount_cap), currency: cap_currency },
    reversibility,
  });
  return found === "low" ? "medium" : found;
}

function checkFiles(files: readonly GivenFile[]): CheckedFile[] {
  if (files.length > appealLimits.files) {
    throw refused("/files", "too_many", `At most ${appealLimits.files} files`);
  }
  return files.map(({ name, bytes }, index) => {
    const at = `/files/${index}`;
    if (bytes.byteLength > appealLimits.fileBytes)
      throw refused(at, "too_large", "A file may have 5 MB at most");
    const type = sniffFile(bytes);
    if (!type) throw refused(at, "file_type", "Only PDF, PNG, JPEG and plain text files are taken");
    return { name: fileName(name, type), type, bytes };
  });
}

function refused(pointer: string, code: string, message: string): DomainError {
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [{ pointer, code, message, fix: "Leave it out, or send it as another file." }],
  });
}

async function keep(ctx: Context, appealId: string, { name, type, bytes }: CheckedFile): Promise<void> {
  await ctx.db.insert(appealFiles).values({
    id: newId("file"),
    orgId: ctx.orgId,
    appealId,
    name,
    mediaType: type,
    size: bytes.byteLength,
    content: Buffer.from(bytes),
  });
}
