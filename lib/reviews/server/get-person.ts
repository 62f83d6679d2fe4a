import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ReviewerView } from "../passing";
import { personNamed } from "./people";

/** What is said of the actor: their skills, and until when they are away. */
export async function getPerson(ctx: Context): Promise<ReviewerView> {
  authorize(ctx, "people.away");
  return personNamed(ctx, "me");
}
