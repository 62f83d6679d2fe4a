import { events } from "@/db/schema";
import type { EventType } from "@/lib/kernel/events";
import type { Context } from "./context";

export type NewEvent = {
  type: EventType;
  subject: string;
  decisionId?: string;
  data?: Record<string, unknown>;
};

/** Writes events to the outbox in the caller's transaction; screens and webhooks read them from there. */
export async function emit(ctx: Context, ...news: NewEvent[]): Promise<void> {
  if (news.length === 0) return;
  await ctx.db.insert(events).values(news.map((event) => ({ orgId: ctx.orgId, data: {}, ...event })));
}
