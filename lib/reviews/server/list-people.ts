import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ReviewerView } from "../passing";
import { readPeople } from "./people";

/** The reviewers by name, with their skills and whether they are there. */
export async function listPeople(ctx: Context): Promise<List<ReviewerView>> {
  authorize(ctx, "queues.read");
  const data = await readPeople(ctx, sql`u.role = 'reviewer'`);
  return { object: "list", url: "/api/v1/people", has_more: false, data };
}
