import { sql } from "drizzle-orm";
import { toldSummary, type Told } from "@/lib/decisions/told-summary";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Incoming } from "@/lib/server/handle";
import { rowsOf } from "@/lib/server/rows";
import type { CustomerFeedback } from "../links";
import { countLinkUse } from "./count-link-use";
import { customerView, findLink } from "./find-link";

/** What the hosted page shows: who asks, what it was about, and what was said so far. */
export type FeedbackPage = {
  orgName: string;
  /** The kind of decision, as its settings name it. */
  about: string;
  /** Only what was decided is told, in the words of its notice; null before. */
  decided: { summary: string; acted: boolean; at: string } | null;
  feedback: CustomerFeedback;
};
export type OpenedPage =
  | { kind: "page"; page: FeedbackPage }
  | { kind: "none" }
  | { kind: "expired" }
  | { kind: "wait"; seconds: number };

/** What a link's page shows to whoever holds it. Looks are counted by network address. */
export async function openFeedbackPage(
  ctx: Context,
  { token, header }: { token: string; header: Incoming["header"] },
): Promise<OpenedPage> {
  authorize(ctx, "system.run");
  try {
    await countLinkUse(ctx, "look", header);
    const link = await findLink(ctx, token);
    return { kind: "page", page: { ...(await tell(ctx, link.decisionId)), feedback: customerView(link) } };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.kind === "limited") return { kind: "wait", seconds: Number(error.extra["retry_after"] ?? 1) };
    return { kind: error.kind === "gone" ? "expired" : "none" };
  }
}

type Row = Told & { org_name: string; status: string; decided_at: string };

async function tell(ctx: Context, decisionId: string): Promise<Omit<FeedbackPage, "feedback">> {
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select o.name as org_name, t.name as type_name, t.summary_template,
        coalesce(d.edited_arguments, d.arguments) as arguments, d.edited_arguments is not null as is_edited,
        t.amount_pointer, d.amount, d.currency, d.status,
        to_char(coalesce(d.decided_at, d.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as decided_at
      from decisions d join decision_types t on t.id = d.type_id join orgs o on o.id = d.org_id
      where d.id = ${decisionId} and d.org_id = ${ctx.orgId}`,
  );
  if (!row) throw new DomainError("not_found", "This feedback link is not one of ours.");
  const { status, decided_at } = row;
  const isDecided = status === "approved" || status === "declined";
  return {
    orgName: row.org_name,
    about: row.type_name,
    decided: isDecided ? { summary: toldSummary(row), acted: status === "approved", at: decided_at } : null,
  };
}
