import { z } from "zod";
import type { DecisionStatus } from "@/lib/decisions/schema";

/** What somebody types to find one thing: an id, an app's own id, a subject's id, or an app's name. */
export const SearchWork = z.strictObject({ text: z.string().trim().min(2).max(200) });
export type SearchWork = z.output<typeof SearchWork>;

/** One thing that was found. `review_id` is its latest review's. */
export type FoundDecision = {
  id: string;
  review_id: string | null;
  waiting: boolean;
  summary: string;
  status: DecisionStatus;
  app: string;
  external_id: string | null;
};
export type FoundWork = { decisions: FoundDecision[]; apps: { id: string; name: string }[] };
