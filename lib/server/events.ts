import { sql } from "drizzle-orm";
import type { EventType } from "@/lib/kernel/events";
import type { Context } from "./context";
import { hotRowsOf } from "./rows";

export type NewEvent = {
  type: EventType;
  subject: string;
  decisionId?: string;
  data?: Record<string, unknown>;
};

/** Writes events to the outbox in the caller's transaction; screens and webhooks read them from there. */
export async function emit(ctx: Context, ...news: NewEvent[]): Promise<void> {
  if (news.length === 0) return;
  await hotRowsOf(
    ctx.db,
    sql`insert into events (org_id, type, decision_id, subject, data)
      select ${ctx.orgId}, type, "decisionId", subject, coalesce(data, '{}')
      from json_to_recordset(${JSON.stringify(news)}::json) as e(type text, "decisionId" text, subject text, data jsonb)`,
  );
}
